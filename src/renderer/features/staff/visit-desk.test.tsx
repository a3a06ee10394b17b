// @vitest-environment jsdom
import { fail } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import {
  renderPage,
  snapshotAt,
  startStation,
  student,
  type TestStation,
} from '../../tests/test-station.tsx';
import { VisitDesk } from './visit-desk.tsx';

const locked = {
  step: 'verify',
  student,
  expiresAt: '2099-01-01T00:00:00.000Z',
  locked: { minutes: 15 },
} as const;

let station: TestStation;
let done: number;
const open = async (session: Parameters<typeof startStation>[0], ...rights: 'liftLock'[]) => {
  station = await startStation(session);
  station.show({ station: { ...snapshotAt(session).station, rights } });
  done = 0;
  renderPage(
    <VisitDesk
      onDone={() => {
        done += 1;
      }}
    />,
  );
};
afterEach(cleanup);

const press = (testId: string) => act(async () => void fireEvent.click(screen.getByTestId(testId)));
const lifts = () => station.sent.filter(({ name }) => name === 'staff.liftLock');

it('asks for the ID before the lock is lifted, and gives the page back', async () => {
  await open(locked, 'liftLock');
  expect(screen.getByTestId('visit-desk').textContent).toContain(student.maskedName);
  await press('lift-lock');
  expect(lifts()).toEqual([]);
  expect(screen.getByTestId('lift-lock-dialog').textContent).toContain('证件原件');
  await press('lift-lock-confirm');
  expect(lifts()).toEqual([{ name: 'staff.liftLock', payload: {} }]);
  expect(done).toBe(1);
});

it('says beside the question why it could not be lifted', async () => {
  await open(locked, 'liftLock');
  station.answer('staff.liftLock', fail('eligibility.liftsUsedUp', { limit: 2 }));
  await press('lift-lock');
  await press('lift-lock-confirm');
  expect(screen.getByTestId('lift-lock-dialog').textContent).toContain('今天已经解除锁定 2 次');
  expect(done).toBe(0);
  await press('lift-lock-cancel');
  expect(screen.queryByTestId('lift-lock-dialog')).toBeNull();
});

it('says where the right comes from, without a button that would not work', async () => {
  await open(locked);
  expect(screen.queryByTestId('lift-lock')).toBeNull();
  expect(screen.getByTestId('visit-desk').textContent).toContain('管理后台');
});

it('is not there while nobody waits for staff', async () => {
  const { locked: _lock, ...free } = locked;
  await open(free, 'liftLock');
  expect(screen.queryByTestId('visit-desk')).toBeNull();
});
