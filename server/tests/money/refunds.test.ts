import { randomUUID } from 'node:crypto';
import { fail, ok } from '@gradshot/domain';
import { beforeEach, describe, expect, test } from 'vitest';
import type { StaffCaller } from '../../src/ports/access/caller.ts';
import type { OrderView } from '../../src/ports/order-life/order-repository.ts';
import type { PaymentRecord } from '../../src/ports/payments/payment-repository.ts';
import { paymentRow } from '../in-memory/rows.ts';
import { unwrap } from '../in-memory/unwrap.ts';
import { createMoneyDesk, type MoneyDesk, openOrder } from './money-desk.ts';

let desk: MoneyDesk;
let order: OrderView;
let staff: StaffCaller;
beforeEach(async () => {
  desk = createMoneyDesk();
  ({ order, staff } = await openOrder(desk, { state: 'pendingCapture' }));
});

/** A payment that the payment service has the money of. */
async function addPaid(given: Partial<PaymentRecord> = {}): Promise<PaymentRecord> {
  const payment = paymentRow(order, { state: 'paid', paidAt: desk.clock(), ...given });
  await desk.storage.payments.insert(payment);
  const facts = { description: '', notifyUrl: '', expiresAt: payment.expiresAt };
  const { outTradeNo, amountFen } = payment;
  await desk.service.createNative({ outTradeNo, amountFen, ...facts });
  expect(desk.service.pay(outTradeNo)).toBe(true);
  return payment;
}

const returned = () =>
  Object.fromEntries(
    desk.service.accounts().map(({ outTradeNo, returnedFen }) => [outTradeNo, returnedFen]),
  );
const find = async ({ id }: PaymentRecord) => desk.storage.payments.find(id);
const stateOf = async () => (await desk.storage.orders.find(order.id))?.state;
const wish = (idempotencyKey: string = randomUUID()) => ({ reason: '申请退款', idempotencyKey });
const tell = (
  outRefundNo: string,
  state: 'succeeded' | 'closed' | 'abnormal',
  outTradeNo = '',
  amountFen = order.priceFen,
) =>
  desk.refunds.settleTold({
    ...{ outRefundNo, state, outTradeNo, amountFen, refundId: `of ${outRefundNo}` },
    transactionId: `of ${outTradeNo}`,
  });
const notifyAll = async () => {
  for (const raw of desk.service.notifications()) await desk.notifications.receive(raw);
};

describe('a refund of the fee', () => {
  const request = (key?: string) => desk.refunds.request(staff, order, wish(key));

  test('returns the payment that counts, not the one that is owed back anyway', async () => {
    const due = await addPaid({ refundDue: true, refundCause: 'paidTwice' });
    desk.advance(-1000);
    const fee = await addPaid({ createdAt: new Date(0) });
    desk.advance(1000);
    unwrap(await request());
    await notifyAll();
    expect(returned()).toEqual({ [due.outTradeNo]: 0, [fee.outTradeNo]: order.priceFen });
    expect((await find(fee))?.state).toBe('refunded');
    expect((await find(due))?.state).toBe('paid');
    expect(await stateOf()).toBe('refunded');
  });

  test('pressed twice is one; another wish while it runs is refused', async () => {
    const fee = await addPaid();
    const key = randomUUID();
    const both = await Promise.all([request(key), request(key)]);
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    expect((await request()).ok).toBe(false);
    expect(returned()).toEqual({ [fee.outTradeNo]: order.priceFen });
    expect(await desk.storage.refunds.refundsOf([fee.id])).toHaveLength(1);
  });

  test('is kept while the service is away, and repeated after a minute', async () => {
    const fee = await addPaid();
    desk.service.away = true;
    unwrap(await request());
    expect(await stateOf()).toBe('refunding');
    desk.service.away = false;
    desk.advance(60_000);
    expect(await desk.refunds.pursue(9)).toBe(0);
    desk.advance(1);
    expect(await desk.refunds.pursue(9)).toBe(1);
    expect(returned()).toEqual({ [fee.outTradeNo]: order.priceFen });
    desk.advance(60_001);
    await desk.refunds.pursue(9);
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['refunded', 'refunded']);
  });

  test('that the service refuses gives the order back, and the money stays booked', async () => {
    const fee = await addPaid();
    desk.service.empty = true;
    expect(await request()).toMatchObject({ error: { code: 'payment.refundRefused' } });
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['pendingCapture', 'paid']);
    desk.service.empty = false;
    unwrap(await request());
    expect(returned()).toEqual({ [fee.outTradeNo]: order.priceFen });
  });

  test('that failed is not tried again by the same key, nor one that is done', async () => {
    const fee = await addPaid();
    desk.service.empty = true;
    expect((await request('failed')).ok).toBe(false);
    desk.service.empty = false;
    unwrap(await request('failed'));
    expect(returned()).toEqual({ [fee.outTradeNo]: 0 });
    expect(await stateOf()).toBe('pendingCapture');
    unwrap(await request('done'));
    await notifyAll();
    desk.service.refund = async () => fail('payment.refundRefused');
    unwrap(await request('done'));
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['refunded', 'refunded']);
  });

  test('that was given up and came through after all ends the order: the money is gone', async () => {
    const fee = await addPaid();
    desk.service.empty = true;
    await request();
    const [refund] = await desk.storage.refunds.refundsOf([fee.id]);
    await tell(refund?.outRefundNo ?? '', 'succeeded');
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['refunded', 'refunded']);
    expect(await desk.storage.refunds.refundsOf([fee.id])).toMatchObject([{ state: 'succeeded' }]);
  });

  test('that a notification calls closed gives the order back', async () => {
    const fee = await addPaid();
    unwrap(await request());
    const [refund] = await desk.storage.refunds.refundsOf([fee.id]);
    const { outRefundNo = '' } = refund ?? {};
    const { outTradeNo } = fee;
    const told = { kind: 'refund', state: 'closed', notificationId: 'n', transactionId: 't' };
    const rawBody = Buffer.from(JSON.stringify({ ...told, outTradeNo, outRefundNo }));
    unwrap(await desk.notifications.receive({ headers: {}, rawBody }));
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['pendingCapture', 'paid']);
  });

  test.each(['succeeded', 'failed'] as const)(
    'that a notification ended as %s is not opened again by the answer to the question before',
    async (outcome) => {
      const fee = await addPaid();
      const { refund } = desk.service;
      desk.service.refund = async (wanted) => {
        await tell(wanted.outRefundNo, outcome === 'failed' ? 'closed' : outcome);
        return refund(wanted);
      };
      unwrap(await request());
      expect(await desk.storage.refunds.refundsOf([fee.id])).toMatchObject([{ state: outcome }]);
      desk.advance(60_001);
      expect(await desk.refunds.pursue(9)).toBe(0);
    },
  );

  test('returns what was paid, not a code that was closed after it', async () => {
    const fee = await addPaid({ createdAt: new Date(0) });
    await desk.storage.payments.insert(paymentRow(order, { state: 'closed' }));
    unwrap(await request());
    expect(returned()).toEqual({ [fee.outTradeNo]: order.priceFen });
  });

  test('of an order that was free asks nobody', async () => {
    await desk.storage.payments.insert(paymentRow(order, { state: 'paid', amountFen: 0 }));
    desk.service.away = true;
    unwrap(await request());
    expect(await stateOf()).toBe('refunded');
  });

  test('a word about it that comes late changes nothing', async () => {
    const fee = await addPaid();
    unwrap(await request());
    await notifyAll();
    const [refund] = await desk.storage.refunds.refundsOf([fee.id]);
    await tell(refund?.outRefundNo ?? '', 'closed');
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['refunded', 'refunded']);
    await tell('unknown', 'succeeded', 'nobody’s');
    expect(await desk.storage.refunds.refundsOf([fee.id])).toMatchObject([{ state: 'succeeded' }]);
    const history = await desk.storage.orders.history(order.id);
    expect(history.map(({ event }) => event)).toEqual(['requestRefund', 'confirmRefund']);
  });
});

describe('what the payment service is asked', () => {
  test('names payment, refund, sums and a reason of eighty bytes at most, in whole characters', async () => {
    const fee = await addPaid();
    const asked: object[] = [];
    const { refund } = desk.service;
    desk.service.refund = (wanted) => {
      asked.push(wanted);
      return refund(wanted);
    };
    const reason = `ab${'退'.repeat(40)}`;
    unwrap(await desk.refunds.request(staff, order, { reason, idempotencyKey: 'k' }));
    const [kept] = await desk.storage.refunds.refundsOf([fee.id]);
    expect(kept).toMatchObject({
      ...{ key: 'k', orderId: order.id, paymentId: fee.id, amountFen: fee.amountFen, reason },
      ...{ purpose: 'order', byHandReference: null, state: 'processing' },
    });
    expect(kept?.outRefundNo).toMatch(/^[0-9a-f]{32}$/);
    expect(asked).toEqual([
      {
        ...{ outTradeNo: fee.outTradeNo, outRefundNo: kept?.outRefundNo },
        ...{ refundFen: fee.amountFen, totalFen: fee.amountFen },
        ...{ reason: `ab${'退'.repeat(26)}`, notifyUrl: 'https://school.example/notify' },
      },
    ]);
  });

  test('and answered closed, has failed', async () => {
    const state = 'closed' as const;
    const fee = await addPaid();
    desk.service.refund = async ({ outRefundNo, refundFen }) =>
      ok({ outRefundNo, refundFen, refundId: 'r', state });
    unwrap(await desk.refunds.request(staff, order, wish()));
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['pendingCapture', 'paid']);
    expect(await desk.storage.refunds.refundsOf([fee.id])).toMatchObject([{ state: 'failed' }]);
    desk.advance(60_001);
    expect(await desk.refunds.pursue(9)).toBe(0);
  });

  test('and answered at once, is done', async () => {
    const fee = await addPaid();
    desk.service.refund = async ({ outRefundNo, refundFen }) =>
      ok({ outRefundNo, refundFen, refundId: 'r', state: 'succeeded' });
    unwrap(await desk.refunds.request(staff, order, wish()));
    expect([await stateOf(), (await find(fee))?.state]).toEqual(['refunded', 'refunded']);
  });
});

test('a key stands for one refund of one order', async () => {
  await addPaid();
  unwrap(await desk.refunds.request(staff, order, wish('key')));
  const mismatch = fail('request.idempotencyMismatch');
  const { order: other } = await openOrder(desk, { state: 'pendingCapture' });
  expect(await desk.refunds.request(staff, other, wish('key'))).toEqual(mismatch);
  const due = await addPaid({ refundDue: true, refundCause: 'paidTwice' });
  expect(await desk.dueRefunds.giveBack(staff, due, wish('key'))).toEqual(mismatch);
  unwrap(await desk.dueRefunds.giveBack(staff, due, wish('due')));
  const byHand = { reference: 'r', note: '', idempotencyKey: 'due' };
  expect(await desk.dueRefunds.noteByHand(staff, due, byHand)).toEqual(mismatch);
  const { order: third } = await openOrder(desk, { state: 'pendingCapture' });
  expect(await desk.refunds.request(staff, third, wish('due'))).toEqual(mismatch);
  const second = await addPaid({ refundDue: true, refundCause: 'paidTwice' });
  expect(await desk.dueRefunds.giveBack(staff, second, wish('due'))).toEqual(mismatch);
  expect((await desk.dueRefunds.giveBack(staff, due, wish('due'))).ok).toBe(true);
  const none = { ...order, id: randomUUID() };
  expect(await desk.refunds.request(staff, none, wish())).toEqual(fail('order.notFound'));
});

describe('money that is owed back', () => {
  let due: PaymentRecord;
  beforeEach(async () => {
    due = await addPaid({ refundDue: true, refundCause: 'paidTwice' });
  });
  const giveBack = (key?: string) => desk.dueRefunds.giveBack(staff, due, wish(key));
  const byHand = () =>
    desk.dueRefunds.noteByHand(staff, due, {
      reference: '转账 1',
      note: '',
      idempotencyKey: randomUUID(),
    });

  test('is returned once, of several who want it at once', async () => {
    const all = await Promise.all([giveBack(), giveBack(), byHand()]);
    const codes = all.map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes).toEqual(['ok', 'payment.refundRunning', 'payment.refundRunning']);
    expect(returned()).toEqual({ [due.outTradeNo]: order.priceFen });
    await notifyAll();
    expect((await find(due))?.state).toBe('refunded');
    expect(await giveBack()).toMatchObject({ error: { code: 'payment.notDue' } });
    expect(await stateOf()).toBe('pendingCapture');
  });

  test('returned by hand is not asked of the service as well', async () => {
    expect(unwrap(await byHand())).toMatchObject({
      ...{ state: 'returnedByHand', history: [{ act: 'byHand', note: '转账 1' }] },
    });
    expect(await giveBack()).toMatchObject({ error: { code: 'payment.notDue' } });
    desk.advance(3_600_000);
    await desk.refunds.pursue(9);
    expect(returned()).toEqual({ [due.outTradeNo]: 0 });
  });

  test('is told with its whole story, from when it was paid', async () => {
    const paidAt = new Date(desk.clock().getTime() + 1000);
    await desk.storage.payments.update(due.id, { paidAt });
    unwrap(await giveBack());
    await notifyAll();
    const listed = await desk.dueRefunds.list(desk.staff, { returned: true, page: 1, pageSize: 9 });
    expect(listed).toMatchObject({ total: 1, owed: 0, owedFen: 0 });
    expect(listed.refunds[0]).toMatchObject({
      ...{ paymentId: due.id, orderId: order.id, orderNo: order.orderNo, maskedName: '*三' },
      ...{ amountFen: due.amountFen, cause: 'paidTwice', state: 'returned' },
      paidAt: paidAt.toISOString(),
      history: [
        { act: 'requested', by: '王老师', note: '申请退款' },
        { act: 'processing', by: '', note: '' },
        { act: 'succeeded', by: '', note: '' },
      ],
    });
  });

  test('is told apart from what else is owed', async () => {
    const other = await addPaid({ refundDue: true, refundCause: 'paidTwice' });
    unwrap(await giveBack());
    const { refunds } = await desk.dueRefunds.list(desk.staff, {
      returned: false,
      page: 1,
      pageSize: 9,
    });
    const told = Object.fromEntries(refunds.map((one) => [one.paymentId, one]));
    expect(told[due.id]).toMatchObject({ state: 'running', history: [{}, {}] });
    expect(told[other.id]).toMatchObject({ state: 'due', history: [] });
  });

  test('is being returned once in its story, however often the service is asked', async () => {
    const acts = async () => {
      const { refunds } = await desk.dueRefunds.list(desk.staff, {
        returned: false,
        page: 1,
        pageSize: 9,
      });
      return refunds[0]?.history.map(({ act }) => act);
    };
    desk.service.away = true;
    unwrap(await giveBack());
    expect(await acts()).toEqual(['requested']);
    desk.service.away = false;
    const { refund } = desk.service;
    desk.service.refund = async (wanted) => {
      const answer = await refund(wanted);
      return answer.ok ? ok({ ...answer.value, state: 'processing' }) : answer;
    };
    for (let count = 0; count < 2; count += 1) {
      desk.advance(60_001);
      expect(await desk.refunds.pursue(9)).toBe(1);
    }
    desk.service.away = true;
    desk.advance(60_001);
    await desk.refunds.pursue(9);
    expect(await acts()).toEqual(['requested', 'processing']);
  });

  test('ends no refund of the fee that runs beside it', async () => {
    await addPaid({ createdAt: new Date(0) });
    desk.service.away = true;
    unwrap(await desk.refunds.request(staff, order, wish()));
    unwrap(await giveBack());
    const [refund] = await desk.storage.refunds.refundsOf([due.id]);
    await tell(refund?.outRefundNo ?? '', 'succeeded');
    expect((await find(due))?.state).toBe('refunded');
    expect(await stateOf()).toBe('refunding');
  });

  test('by hand is told with what it can be found by', async () => {
    const wanted = { reference: '转账 1', note: '当面', idempotencyKey: 'k' };
    const noted = unwrap(await desk.dueRefunds.noteByHand(staff, due, wanted));
    expect(noted.history).toMatchObject([{ act: 'byHand', by: '王老师', note: '转账 1 · 当面' }]);
    expect(unwrap(await desk.dueRefunds.noteByHand(staff, due, wanted))).toEqual(noted);
    const other = { ...wanted, reference: '转账 2' };
    expect(await desk.dueRefunds.noteByHand(staff, due, other)).toEqual(
      fail('request.idempotencyMismatch'),
    );
    const [kept] = await desk.storage.refunds.refundsOf([due.id]);
    expect(kept).toMatchObject({ purpose: 'due', reason: '当面', byHandReference: '转账 1' });
  });

  test('is listed page by page, with the sum of all that is owed', async () => {
    const more = [await addPaid({ refundDue: true }), await addPaid({ refundDue: true })];
    const pages = [1, 2].map((page) =>
      desk.dueRefunds.list(desk.staff, { returned: false, page, pageSize: 2 }),
    );
    const listed = await Promise.all(pages);
    const ids = listed.flatMap(({ refunds }) => refunds.map(({ paymentId }) => paymentId));
    expect(ids.toSorted()).toEqual([due, ...more].map(({ id }) => id).sort());
    for (const { total, owed, owedFen } of listed)
      expect([total, owed, owedFen]).toEqual([3, 3, 3 * order.priceFen]);
    expect(listed.map(({ refunds }) => refunds.map(({ state }) => state))).toEqual([
      ...[['due', 'due'], ['due']],
    ]);
  });

  test('that nobody hears of is asked about, and says why it failed', async () => {
    desk.service.away = true;
    expect(unwrap(await giveBack())).toMatchObject({ state: 'running' });
    desk.service.away = false;
    desk.service.empty = true;
    desk.advance(60_001);
    expect(await desk.refunds.pursue(9)).toBe(1);
    const [listed] = (
      await desk.dueRefunds.list(desk.staff, { returned: false, page: 1, pageSize: 9 })
    ).refunds;
    expect(listed?.history.at(-1)).toMatchObject({
      act: 'failed',
      note: expect.stringMatching(/./),
    });
    expect((await find(due))?.state).toBe('paid');
    expect(await stateOf()).toBe('pendingCapture');
  });

  test('an ordinary payment is not owed back', async () => {
    const fee = await addPaid({ createdAt: new Date(0) });
    const asked = await desk.dueRefunds.giveBack(staff, fee, wish());
    expect(asked).toMatchObject({ error: { code: 'payment.notDue' } });
    expect(returned()[fee.outTradeNo]).toBe(0);
  });

  test('that failed is owed on, and can be tried again', async () => {
    desk.service.empty = true;
    expect(await giveBack()).toMatchObject({ error: { code: 'payment.refundRefused' } });
    const listed = await desk.dueRefunds.list(desk.staff, {
      returned: false,
      page: 1,
      pageSize: 9,
    });
    expect(listed.refunds.map(({ state }) => state)).toEqual(['failed']);
    expect([listed.owed, listed.owedFen]).toEqual([1, order.priceFen]);
    desk.service.empty = false;
    desk.advance(1);
    expect(unwrap(await giveBack()).state).toBe('running');
  });
});
