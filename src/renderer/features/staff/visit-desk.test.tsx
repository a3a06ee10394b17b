// @vitest-environment jsdom
import { fail, type StationRight } from '@gradshot/domain';
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { SessionView } from '../../../shared/index.ts';
import {
  order,
  renderPage,
  serviceSession,
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
const open = async (session: SessionView, ...rights: StationRight[]) => {
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

describe('a fee that staff take themselves', () => {
  const payment = {
    step: 'payment',
    student,
    order: order({ priceFen: 2500 }),
    payment: {
      paymentId: 'p',
      state: 'pending',
      amountFen: 2500,
      codeUrl: 'weixin://x',
      expiresAt: '2099-01-01T00:00:00.000Z',
    },
  } as const;
  const taken = () => station.sent.filter(({ name }) => name === 'staff.recordPayment');
  const confirm = () => screen.getByTestId('take-confirm') as HTMLButtonElement;
  const typeReceipt = (value: string) =>
    fireEvent.change(screen.getByTestId('receipt-no'), { target: { value } });

  it('in cash needs the number of the receipt', async () => {
    await open(payment, 'takeCash', 'chargeSchool');
    await press('take-cash');
    expect(screen.getByTestId('record-payment-dialog').textContent).toContain('25.00');
    expect(confirm().disabled).toBe(true);
    typeReceipt('R-0001');
    await press('take-confirm');
    expect(taken()).toMatchObject([{ payload: { method: 'cash', receiptNo: 'R-0001' } }]);
    expect(done).toBe(1);
  });

  it('beside the field says what is wrong with it, and keeps it to be corrected', async () => {
    await open(payment, 'takeCash');
    expect(screen.queryByTestId('take-school')).toBeNull();
    station.answer('staff.recordPayment', fail('payment.receiptUsed', { receiptNo: 'R-1' }));
    await press('take-cash');
    typeReceipt('R-1');
    await press('take-confirm');
    expect(screen.getByTestId('record-payment-dialog').textContent).toContain('已经登记过');
    expect((screen.getByTestId('receipt-no') as HTMLInputElement).value).toBe('R-1');
    expect(done).toBe(0);
  });

  it('by the school is confirmed, without a receipt', async () => {
    await open(payment, 'chargeSchool');
    await press('take-school');
    expect(screen.queryByTestId('receipt-no')).toBeNull();
    await press('take-confirm');
    expect(taken()).toMatchObject([{ payload: { method: 'school' } }]);
  });

  it('waits for the network, and says that no cash is to be taken', async () => {
    await open(payment, 'takeCash');
    station.show({ connection: { online: false, outbox: 0, parked: 0 } });
    await press('take-cash');
    typeReceipt('R-1');
    expect(confirm().disabled).toBe(true);
    expect(screen.getByTestId('take-offline').textContent).toContain('不要收取现金');
  });

  it('is offered where it was granted, and says that the consents come first', async () => {
    await open(payment, 'liftLock');
    expect(screen.queryByTestId('visit-desk')).toBeNull();
    cleanup();
    await open(serviceSession(), 'takeCash');
    expect(screen.getByTestId('visit-desk').textContent).toContain('勾选两项同意');
  });
});
