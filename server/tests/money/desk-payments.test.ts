import { randomUUID } from 'node:crypto';
import { fail } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StaffCaller, StationCaller } from '../../src/ports/access/caller.ts';
import type { OrderView } from '../../src/ports/order-life/order-repository.ts';
import type { PaymentRecord } from '../../src/ports/payments/payment-repository.ts';
import type { Station } from '../../src/ports/stations/station-repository.ts';
import { createDeskPayments } from '../../src/services/payments/desk-payments.ts';
import { hour, paymentRow } from '../in-memory/rows.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { createMoneyDesk, type MoneyDesk, openOrder } from './money-desk.ts';

let desk: MoneyDesk;
let order: OrderView;
let staff: StaffCaller;
let station: StationCaller;
beforeEach(async () => {
  desk = createMoneyDesk();
  ({ order, staff, station } = await openOrder(desk));
});

const cash = (receiptNo = 'R-0001', idempotencyKey: string = randomUUID()) =>
  desk.deskPayments.record(station, order, { method: 'cash', receiptNo, idempotencyKey });
const bySchool = () =>
  desk.deskPayments.record(station, order, { method: 'school', idempotencyKey: randomUUID() });
const stateOf = async () => (await desk.storage.orders.find(order.id))?.state;
const payments = () => desk.storage.payments.listOfOrder(order.id);
const openWechat = (key: string = randomUUID()) =>
  desk.payments.open(order, { method: 'native', idempotencyKey: key });
const nothingTaken = async () => {
  expect(await stateOf()).toBe('pendingPayment');
  expect((await payments()).filter(({ state }) => state === 'paid')).toEqual([]);
  expect(desk.storage.tables.deskPayments.size).toBe(0);
};

describe('a fee taken at the desk', () => {
  test('pays the order at the price it has, and says so in its history', async () => {
    const paid = unwrap(await cash(' r-0001 '));
    expect(paid).toMatchObject({ method: 'cash', state: 'paid', amountFen: order.priceFen });
    expect(await stateOf()).toBe('pendingCapture');
    const [event] = await desk.storage.orders.history(order.id);
    expect(event).toMatchObject({
      ...{ event: 'confirmPayment', actor: 'staff', actorId: station.stationId },
      details: { paymentId: paid.paymentId, method: 'cash' },
    });
    expect([...desk.storage.tables.deskPayments.values()]).toMatchObject([
      { stationId: station.stationId, schoolId: order.schoolId, receiptNo: 'R-0001' },
    ]);
    expect(await openWechat()).toEqual(fail('payment.alreadyPaid'));
  });

  test('on the school’s account needs no receipt', async () => {
    expect(unwrap(await bySchool())).toMatchObject({ method: 'school', state: 'paid' });
    expect([...desk.storage.tables.deskPayments.values()]).toMatchObject([{ receiptNo: null }]);
  });

  test('pressed twice is one; the same key for something else is refused', async () => {
    const key = randomUUID();
    const both = await Promise.all([cash('R-1', key), cash('R-1', key)]);
    expect(new Set(both.map((one) => unwrap(one).paymentId)).size).toBe(1);
    expect(await cash('R-2', key)).toEqual(fail('request.idempotencyMismatch'));
    expect(await cash('R-3')).toEqual(fail('payment.alreadyPaid'));
    expect(await payments()).toHaveLength(1);
  });

  test('a receipt is for one payment of a school, and for another school’s as well', async () => {
    unwrap(await cash('R-1'));
    const first = order;
    const second = await openOrder(desk);
    order = { ...second.order };
    unwrap(await cash('R-1'));
    // A third one, at the first one's school.
    const third = await openOrder(desk);
    await desk.storage.orders.update(third.order.id, 'pendingPayment', {});
    desk.storage.tables.orders.set(third.order.id, {
      ...desk.storage.tables.orders.get(third.order.id)!,
      schoolId: first.schoolId,
    });
    order = third.order;
    expect(await cash('ｒ-1')).toEqual(fail('payment.receiptUsed', { receiptNo: 'R-1' }));
    expect(await stateOf()).toBe('pendingPayment');
    expect(await payments()).toEqual([]);
    unwrap(await cash('R-2'));
  });

  test('is refused where nothing may be taken, and nothing is changed', async () => {
    expect(await cash('')).toEqual(fail('payment.receiptInvalid'));
    await nothingTaken();
    desk.rights.splice(0, 2, 'chargeSchool');
    expect(await cash()).toEqual(fail('station.mayNotTakePayment'));
    await nothingTaken();
    desk.rights.splice(0, 1, 'takeCash', 'liftLock');
    expect(await bySchool()).toEqual(fail('station.mayNotTakePayment'));
    desk.storage.tables.consents.clear();
    expect(await cash()).toEqual(fail('consent.required', { count: 2 }));
    await nothingTaken();
  });

  test('of an order that was called off is refused', async () => {
    await desk.storage.orders.update(order.id, 'pendingPayment', { state: 'cancelled' });
    expect(await cash()).toEqual(fail('order.cancelled'));
    expect(desk.storage.tables.deskPayments.size).toBe(0);
  });
});

describe('a key', () => {
  const bySchoolWith = (idempotencyKey: string) =>
    desk.deskPayments.record(station, order, { method: 'school', idempotencyKey });
  const mismatch = fail('request.idempotencyMismatch');

  test('that booked the fee of one order books no other’s', async () => {
    unwrap(await bySchoolWith('k'));
    const first = order;
    order = (await openOrder(desk)).order;
    expect(await bySchoolWith('k')).toEqual(mismatch);
    await nothingTakenOf(order);
    order = first;
    expect(unwrap(await bySchoolWith('k')).state).toBe('paid');
  });

  test('of a payment at the payment service books nothing at the desk', async () => {
    unwrap(await openWechat('k'));
    expect(await bySchoolWith('k')).toEqual(mismatch);
    expect(await cash('R-1', 'k')).toEqual(mismatch);
    await nothingTaken();
  });

  const nothingTakenOf = async ({ id }: OrderView) => {
    expect((await desk.storage.orders.find(id))?.state).toBe('pendingPayment');
    expect(await desk.storage.payments.listOfOrder(id)).toEqual([]);
  };
});

describe('codes that are shown anew while the fee is taken', () => {
  /** After each transaction another device has one open again. */
  const recordAmongOthers = (opened: (payment: PaymentRecord, count: number) => void) => {
    let count = 0;
    const transaction: MoneyDesk['storage']['transaction'] = async (work) => {
      const result = await desk.storage.transaction(work);
      if (!(await desk.storage.payments.findPending(order.id))) {
        count += 1;
        if (count > 9) throw new Error('chased for ever');
        const payment = paymentRow(order, { createdAt: hour(count) });
        await desk.storage.payments.insert(payment);
        opened(payment, count);
      }
      return result;
    };
    const stations = { find: async () => ({ rights: desk.rights }) as unknown as Station };
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const storage = { ...desk.storage, stations, transaction };
    const needs = { storage, clock: desk.clock, payments: desk.service, log };
    return createDeskPayments(needs).record(station, order, {
      ...{ method: 'school', idempotencyKey: randomUUID() },
    });
  };
  beforeEach(() => desk.storage.payments.insert(paymentRow(order)));

  test('are closed three times, and then nothing is taken', async () => {
    const result = await recordAmongOthers(() => undefined);
    expect(result).toEqual(fail('payment.providerUnavailable'));
    expect((await payments()).map(({ state }) => state)).toEqual([
      ...['pending', 'closed', 'closed', 'closed'],
    ]);
    await nothingTaken();
  });

  test('and one of which is paid at the last are told as paid', async () => {
    const result = await recordAmongOthers(({ outTradeNo, amountFen, expiresAt }, count) => {
      if (count < 2) return;
      const facts = { description: '', notifyUrl: '', amountFen, expiresAt };
      void desk.service.createNative({ outTradeNo, ...facts });
      desk.service.pay(outTradeNo);
    });
    expect(result).toEqual(fail('payment.alreadyPaid'));
    expect(await stateOf()).toBe('pendingCapture');
    expect(desk.storage.tables.deskPayments.size).toBe(0);
  });
});

describe('beside the payment service', () => {
  const trade = async () => (await payments()).find(({ method }) => method === 'native')!;

  test('the code that was on the screen cannot be paid any more', async () => {
    unwrap(await openWechat());
    const { outTradeNo } = await trade();
    unwrap(await cash());
    expect((await trade()).state).toBe('closed');
    expect(desk.service.pay(outTradeNo)).toBe(false);
  });

  test('who has paid there already pays nothing at the desk', async () => {
    unwrap(await openWechat());
    desk.service.pay((await trade()).outTradeNo);
    expect(await cash()).toEqual(fail('payment.alreadyPaid'));
    expect((await trade()).state).toBe('paid');
    expect(desk.storage.tables.deskPayments.size).toBe(0);
  });

  test('while it is away nothing is taken, for the code may be paid', async () => {
    unwrap(await openWechat());
    desk.service.away = true;
    expect(await cash()).toEqual(fail('payment.providerUnavailable'));
    await nothingTaken();
    desk.service.away = false;
    unwrap(await cash());
  });

  test('money that arrives there all the same is owed back', async () => {
    unwrap(await openWechat());
    const late = await trade();
    unwrap(await cash());
    await desk.storage.payments.update(late.id, { state: 'pending' });
    const { confirmPayment } = await import('../../src/services/payments/payment-confirmation.ts');
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const money = { amountFen: order.priceFen, transactionId: 't', paidAt: desk.clock() };
    unwrap(await confirmPayment({ storage: desk.storage, clock: desk.clock, log }, late.id, money));
    expect(await trade()).toMatchObject({ refundDue: true, refundCause: 'paidTwice' });
    expect(await stateOf()).toBe('pendingCapture');
  });
});

describe('a refund of it', () => {
  const refund = () =>
    desk.refunds.request(staff, order, { reason: '不参加采集', idempotencyKey: randomUUID() });
  const byHand = (key: string = randomUUID()) =>
    paid().then((payment) =>
      desk.dueRefunds.noteByHand(staff, payment, {
        ...{ reference: '收据 R-0001 作废', note: '', idempotencyKey: key },
      }),
    );
  const paid = async () => (await payments())[0]!;

  test('in cash goes by hand: owed until that is noted, and never asked of the service', async () => {
    unwrap(await cash());
    unwrap(await refund());
    expect(await stateOf()).toBe('refunding');
    const { refunds, owedFen } = await desk.dueRefunds.list(desk.staff, {
      ...{ returned: false, page: 1, pageSize: 9 },
    });
    expect(refunds).toMatchObject([{ cause: 'cash', state: 'due' }]);
    expect(owedFen).toBe(order.priceFen);
    const back = { reason: '退款', idempotencyKey: randomUUID() };
    expect(await desk.dueRefunds.giveBack(staff, await paid(), back)).toEqual(
      fail('payment.cashByHand'),
    );
    desk.advance(3_600_000);
    expect(await desk.refunds.pursue(9)).toBe(1);
    expect(await stateOf()).toBe('refunding');
    const key = randomUUID();
    const both = await Promise.all([byHand(key), byHand(key)]);
    for (const one of both) {
      const { state, history } = unwrap(one);
      expect(state).toBe('returnedByHand');
      // The end of the order's own refund stands in the order's history.
      expect(history).toMatchObject([{ act: 'byHand', note: '收据 R-0001 作废' }]);
    }
    expect(await stateOf()).toBe('refunded');
    expect(await paid()).toMatchObject({ state: 'refunded' });
    expect(desk.service.accounts()).toEqual([]);
    desk.advance(3_600_000);
    expect(await desk.refunds.pursue(9)).toBe(0);
  });

  test('in cash has a key that gives back nothing of itself', async () => {
    unwrap(await cash());
    const wish = { reason: '不参加采集', idempotencyKey: 'k' };
    unwrap(await desk.refunds.request(staff, order, wish));
    expect(await desk.dueRefunds.giveBack(staff, await paid(), wish)).toEqual(
      fail('request.idempotencyMismatch'),
    );
    expect(await stateOf()).toBe('refunding');
  });

  test('of what the school paid is at its end at once: nobody gave money here', async () => {
    unwrap(await bySchool());
    unwrap(await refund());
    expect(await stateOf()).toBe('refunded');
    expect(await paid()).toMatchObject({ state: 'refunded', refundDue: false });
    expect(
      (await desk.dueRefunds.list(desk.staff, { returned: false, page: 1, pageSize: 9 })).owed,
    ).toBe(0);
  });
});
