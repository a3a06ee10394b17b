// @vitest-environment jsdom
import { fail, ok } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CheckedIn } from '../../../shared/index.ts';
import { renderPage, startStation, type TestStation } from '../../tests/test-station.tsx';
import { RosterSearchDialog } from './roster-search-dialog.tsx';

const PERSON = {
  entryId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01',
  maskedName: '张*明',
  studentNumberEnd: '3001',
  className: '软工2301',
};

let station: TestStation;
let checkedIn: CheckedIn[];
beforeEach(async () => {
  station = await startStation({ step: 'welcome' });
  checkedIn = [];
  renderPage(
    <RosterSearchDialog onCheckedIn={(one) => checkedIn.push(one)} onClose={() => undefined} />,
  );
});
afterEach(cleanup);

const type = (value: string) =>
  act(async () => void fireEvent.change(screen.getByTestId('search-text'), { target: { value } }));
const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));
const search = () => screen.getByTestId('search-roster') as HTMLButtonElement;
const dialog = () => screen.getByTestId('roster-search').textContent;

it('finds somebody, who is checked in by one press', async () => {
  station.answer('staff.queueSearch', ok({ people: [PERSON], more: false }));
  station.answer('staff.queueAdd', ok({ number: 'A001', outcome: 'new' }));
  await type(' 张');
  expect(search().disabled).toBe(true);
  await type(' 张小明 ');
  await press('search-roster');
  expect(station.sent).toMatchObject([{ name: 'staff.queueSearch', payload: { text: '张小明' } }]);
  expect(dialog()).toContain('学号尾号 3001 · 软工2301');
  await press('add-3001');
  expect(station.sent.at(-1)).toMatchObject({
    name: 'staff.queueAdd',
    payload: { entryId: PERSON.entryId },
  });
  expect(checkedIn).toEqual([{ number: 'A001', outcome: 'new' }]);
});

it('says that nobody was found, that there are more, and why it could not be searched', async () => {
  station.answer('staff.queueSearch', ok({ people: [], more: false }));
  await type('2023999');
  await press('search-roster');
  expect(screen.getByTestId('nobody-found').textContent).toContain('出示采集码');
  station.answer('staff.queueSearch', ok({ people: [PERSON], more: true }));
  await type('张小');
  await press('search-roster');
  expect(dialog()).toContain('只显示前 1 人');
  station.answer('staff.queueSearch', fail('request.tooMany', { seconds: 20 }));
  await type('李小');
  await press('search-roster');
  expect(dialog()).toContain('20 秒后再试');
  expect(screen.queryByTestId('found-people')).toBeNull();
});

it('waits for the network, and says that codes still check in', async () => {
  await type('张小明');
  station.show({ connection: { online: false, outbox: 0, parked: 0 } });
  expect(search().disabled).toBe(true);
  expect(screen.getByTestId('search-offline').textContent).toContain('采集码签到不受影响');
});
