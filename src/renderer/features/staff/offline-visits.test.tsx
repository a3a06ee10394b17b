// @vitest-environment jsdom
import { fail, ok } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OfflineVisitView } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { IdentifyDialog } from './identify-dialog.tsx';
import { OfflineVisits } from './offline-visits.tsx';

const visit = (number: string, changes: Partial<OfflineVisitView>): OfflineVisitView => ({
  ...{ id: `6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f0${number.at(-1)}`, number, state: 'waiting' },
  ...{ maskedName: '张*明', since: '2026-11-30T01:00:00.000Z', ...changes },
});
const CONFLICT = visit('LX-1', { state: 'conflict', failure: { code: 'offline.otherPerson' } });

let station: TestStation;
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
});
afterEach(cleanup);

const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));
const type = (testId: string, value: string) =>
  act(async () => void fireEvent.change(screen.getByTestId(testId), { target: { value } }));
const button = (testId: string) => screen.getByTestId(testId) as HTMLButtonElement;
const open = async (...visits: OfflineVisitView[]) => {
  renderPage(<OfflineVisits />);
  const told = { roster: { people: 9, ageDays: 2 }, visits, more: 3, conflicts: 1 };
  await act(async () => station.show({ offline: told }));
};

it('is not there where nothing is kept and nothing waits', async () => {
  renderPage(<OfflineVisits />);
  await act(async () => station.show({ offline: { visits: [], more: 0, conflicts: 0 } }));
  expect(screen.queryByTestId('offline-visits')).toBeNull();
});

it('shows who waits for what, what happened, and how old the roster is', async () => {
  await open(CONFLICT, visit('LX-2', { state: 'unpaid' }), visit('LX-3', {}));
  const rows = [...screen.getByTestId('offline-visits').querySelectorAll('li')];
  expect(rows.map(({ dataset }) => dataset.testid)).toEqual([
    'offline-LX-1',
    'offline-LX-2',
    'offline-LX-3',
  ]);
  expect(rows[0]?.textContent).toContain('照片没有归入任何人');
  expect(screen.getByText('另有 3 个，处理后依次显示。')).toBeDefined();
  expect(screen.getByTestId('offline-roster').textContent).toContain('9 人，2 天前更新');
  // What the server has not answered yet cannot be given up.
  expect(screen.queryByTestId('discard-LX-3')).toBeNull();
  expect(screen.queryByTestId('confirm-LX-2')).toBeNull();
});

it('verifies again by a code and the last four, and says why it could not', async () => {
  await open(CONFLICT);
  await press('confirm-LX-1');
  await type('offline-code', ' a-new-code ');
  expect(button('confirm-offline-now').disabled).toBe(true);
  await type('offline-last-four', '123x');
  station.answer('staff.confirmOffline', fail('code.expired'));
  await press('confirm-offline-now');
  expect(station.sent).toEqual([
    {
      name: 'staff.confirmOffline',
      payload: { id: CONFLICT.id, payload: 'a-new-code', lastFour: '123X' },
    },
  ]);
  expect(screen.getByTestId('confirm-offline').textContent).toContain('采集码已过期');
  station.answer('staff.confirmOffline', ok(null));
  await press('confirm-offline-now');
  expect(screen.queryByTestId('confirm-offline')).toBeNull();
});

it('gives a photo up only with a cause', async () => {
  await open(CONFLICT);
  await press('discard-LX-1');
  expect(button('discard-offline-now').disabled).toBe(true);
  await press('cause-wrongPerson');
  await press('discard-offline-now');
  expect(station.sent).toEqual([
    { name: 'staff.discardOffline', payload: { id: CONFLICT.id, cause: 'wrongPerson' } },
  ]);
});

it('finds a person in the roster that is kept here, without the network', async () => {
  let done = 0;
  const onDone = () => {
    done += 1;
  };
  const connection = { online: false, outbox: 0, parked: 0, takesNewOffline: true } as const;
  renderPage(<IdentifyDialog onClose={() => undefined} onDone={onDone} />);
  await act(async () => station.show({ connection }));
  const { id: entryId } = CONFLICT;
  const people = [{ entryId, maskedName: '张*明', studentNumberEnd: '3001' }];
  station.answer('staff.offlineSearch', ok({ people: [], more: false }));
  await type('search-text', ' 2023001 ');
  await press('search-roster');
  expect(screen.getByTestId('nobody-found').textContent).toContain('等网络恢复');
  station.answer('staff.offlineSearch', ok({ people, more: false }));
  await press('search-roster');
  await press('add-3001');
  expect(station.sent.at(-1)).toEqual({ name: 'staff.identify', payload: { entryId } });
  expect(done).toBe(1);
});
