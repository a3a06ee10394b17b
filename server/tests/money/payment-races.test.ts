import { fail, ok } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import type { OrderView } from '../../src/ports/order-life/order-repository.ts';
import type { ProviderPayment } from '../../src/ports/payments/payment-provider.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { createMoneyDesk, type MoneyDesk, openOrder } from './money-desk.ts';

/** What the payment service says while something else happens to the same payment. */

const MINUTE_MS = 60_000;
const AWAY = fail('payment.providerUnavailable');

let desk: MoneyDesk;
let order: OrderView;
beforeEach(async () => {
  desk = createMoneyDesk();
  order = (await openOrder(desk)).order;
  unwrap(await desk.payments.open(order, { method: 'native', idempotencyKey: 'a' }));
});

const row = async () => {
  const [payment] = await desk.storage.payments.listOfOrder(order.id);
  if (!payment) throw new Error('no payment');
  return payment;
};
const stateOf = async () => (await desk.storage.orders.find(order.id))?.state;
const pay = async () => desk.service.pay((await row()).outTradeNo);
const openH5 = () => desk.payments.open(order, { method: 'h5', idempotencyKey: 'b' });
/** As the first notification of the payment says, as often as it is asked. */
const notify = async () => {
  const [raw] = desk.service.notifications();
  if (raw) unwrap(await desk.notifications.receive(raw));
};
const refresh = async () => unwrap(await desk.payments.refresh(await row()));

describe('a payment that was booked while the service was asked about it', () => {
  test.each(['closed', 'refunded'] as const)('stays paid when the answer is %s', async (state) => {
    await pay();
    desk.service.query = async (outTradeNo) => {
      await notify();
      return ok({ outTradeNo, state });
    };
    desk.advance(2_000);
    expect((await refresh()).state).toBe('paid');
    expect(await row()).toMatchObject({ state: 'paid', refundDue: false });
    expect(await stateOf()).toBe('pendingCapture');
  });
});

describe('a payment that is too late to be closed', () => {
  /** Not heard of at the first look; what is heard at the second, when closing has failed. */
  const settleWith = async (second: typeof AWAY | Omit<ProviderPayment, 'outTradeNo'>) => {
    await pay();
    let looks = 0;
    desk.service.query = async (outTradeNo) => {
      looks += 1;
      if (looks === 1) return ok({ outTradeNo, state: 'notPaid' });
      return 'ok' in second ? second : ok({ outTradeNo, ...second });
    };
    desk.advance(30 * MINUTE_MS + 1);
    expect(await desk.payments.settleStale(9)).toBe(1);
  };

  test('waits while the service cannot say what became of it', async () => {
    await settleWith(AWAY);
    expect((await row()).state).toBe('pending');
  });

  test('is not booked when its money has gone back already', async () => {
    const facts = { amountFen: order.priceFen, transactionId: 't', paidAt: desk.clock() };
    await settleWith({ state: 'refunded', ...facts });
    expect((await row()).state).toBe('pending');
    expect(await stateOf()).toBe('pendingPayment');
    desk.advance(2_000);
    expect((await refresh()).state).toBe('refunded');
    expect(await stateOf()).toBe('pendingPayment');
  });
});

test('a payment is over at the end of its thirty minutes', async () => {
  desk.advance(30 * MINUTE_MS);
  expect((await refresh()).state).toBe('expired');
});

test('a payment that is over is not closed once more for another way to pay', async () => {
  const closed: string[] = [];
  const { close } = desk.service;
  desk.service.close = (outTradeNo) => {
    closed.push(outTradeNo);
    return close(outTradeNo);
  };
  const { outTradeNo } = await row();
  desk.advance(30 * MINUTE_MS + 1);
  expect(unwrap(await openH5()).state).toBe('pending');
  expect(closed).toEqual([outTradeNo]);
});

test('another way to pay is not opened beside one that the service cannot close', async () => {
  desk.service.query = async () => AWAY;
  expect(await openH5()).toEqual(AWAY);
  expect(await desk.storage.payments.listOfOrder(order.id)).toHaveLength(1);
  expect((await row()).state).toBe('pending');
});

test('a payment that was paid at the last of all tries to open it is told as paid', async () => {
  const { order: next } = await openOrder(desk);
  let tries = 0;
  const { createNative } = desk.service;
  desk.service.createNative = async (payment) => {
    tries += 1;
    if (tries < 3) return fail('payment.expired');
    await createNative(payment);
    desk.service.pay(payment.outTradeNo);
    return fail('payment.alreadyPaid');
  };
  const wish = { method: 'native', idempotencyKey: 'z' } as const;
  expect(await desk.payments.open(next, wish)).toEqual(fail('payment.alreadyPaid'));
  expect((await desk.storage.orders.find(next.id))?.state).toBe('pendingCapture');
});

describe('money that came', () => {
  test('is booked for when it was paid, however late that is heard', async () => {
    const paidAt = desk.clock();
    await pay();
    desk.advance(5 * MINUTE_MS);
    expect((await refresh()).paidAt).toBe(paidAt.toISOString());
    expect((await row()).paidAt).toEqual(paidAt);
  });

  test('at no time that the service would tell is booked for when it was heard of', async () => {
    desk.service.query = async (outTradeNo) =>
      ok({ outTradeNo, state: 'paid', amountFen: order.priceFen, transactionId: 't' });
    desk.advance(5 * MINUTE_MS);
    expect((await refresh()).paidAt).toBe(desk.clock().toISOString());
  });

  test('and went back is not booked once more by a notification that comes again', async () => {
    await pay();
    await notify();
    await desk.storage.payments.update((await row()).id, { state: 'refunded' });
    await desk.storage.orders.update(order.id, 'pendingCapture', { state: 'refunded' });
    await notify();
    expect(await row()).toMatchObject({ state: 'refunded', refundDue: false });
    expect(await stateOf()).toBe('refunded');
  });
});
