import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, refundByTwo, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

/** Notifications as WeChat Pay signs them, held back and sent in every order that matters. */

type Told = 'ABNORMAL' | 'SUCCESS' | 'CLOSED' | 'desk' | 'part' | 'rest';
const FEE_FEN = 2500;
const PART_FEN = 1000;

/** In this order, each maybe twice; then how the order ends and what of the fee is back. */
const SEQUENCES: readonly (readonly [readonly Told[], string, number])[] = [
  [['SUCCESS'], 'refunded', FEE_FEN],
  [['ABNORMAL'], 'refunding', 0],
  [['CLOSED'], 'pendingCapture', 0],
  [['ABNORMAL', 'SUCCESS'], 'refunded', FEE_FEN],
  [['SUCCESS', 'ABNORMAL'], 'refunded', FEE_FEN],
  [['CLOSED', 'SUCCESS'], 'refunded', FEE_FEN],
  [['SUCCESS', 'CLOSED'], 'refunded', FEE_FEN],
  [['ABNORMAL', 'CLOSED'], 'pendingCapture', 0],
  [['CLOSED', 'ABNORMAL'], 'pendingCapture', 0],
  [['CLOSED', 'ABNORMAL', 'SUCCESS', 'CLOSED'], 'refunded', FEE_FEN],
  [['CLOSED', 'desk'], 'refunded', FEE_FEN],
  [['CLOSED', 'part'], 'pendingCapture', PART_FEN],
  [['CLOSED', 'part', 'rest'], 'refunded', FEE_FEN],
];

describeOnBothDatabases('refunds, told in any order', (db) => {
  let server: TestServer;
  let school: School;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  /** A paid order, with its payment. */
  async function paid() {
    const graduate = await enterPaid(server, school);
    const [payment] = await server.environment.storage.payments.listOfOrder(graduate.orderId);
    if (!payment) throw new Error('nothing was paid');
    return { ...graduate, payment };
  }

  const look = async ({ orderId, payment }: Awaited<ReturnType<typeof paid>>) => {
    const { storage } = server.environment;
    const money = await storage.payments.find(payment.id);
    const state = (await storage.orders.find(orderId))?.state;
    return { state, payment: money?.state, refundedFen: money?.refundedFen };
  };

  test.each(SEQUENCES)('%j: %s, %i fen back', async (told, state, refundedFen) => {
    const order = await paid();
    const { outTradeNo } = order.payment;
    Object.assign(server.pay.settings, { refundsEnd: 'PROCESSING', notifications: 'hold' });
    unwrap(await refundByTwo(server, admin, order.orderId));
    const [refund] = await server.environment.storage.refunds.refundsOf([order.payment.id]);
    const own = refund?.outRefundNo ?? '';
    expect(await look(order)).toEqual({ state: 'refunding', payment: 'paid', refundedFen: 0 });
    const happen: Readonly<Record<Told, () => unknown>> = {
      ABNORMAL: () => server.pay.finishRefund(own, 'ABNORMAL'),
      SUCCESS: () => server.pay.finishRefund(own, 'SUCCESS'),
      CLOSED: () => server.pay.finishRefund(own, 'CLOSED'),
      desk: () => server.pay.refundAtDesk(outTradeNo, FEE_FEN),
      part: () => server.pay.refundAtDesk(outTradeNo, PART_FEN),
      rest: () => server.pay.refundAtDesk(outTradeNo, FEE_FEN - PART_FEN),
    };
    for (const word of told) {
      happen[word]();
      const notice = server.pay
        .notices()
        .filter((one) => one.outTradeNo === outTradeNo)
        .at(-1);
      // Each one twice, and the old ones once more at the end.
      for (let times = 0; times < 2; times += 1)
        expect(await server.pay.sendNotice(notice?.id ?? '')).toMatchObject({ status: 200 });
    }
    await server.pay.repeatNotifications(outTradeNo);
    Object.assign(server.pay.settings, { refundsEnd: 'SUCCESS', notifications: 'send' });
    const payment = state === 'refunded' ? 'refunded' : 'paid';
    expect(await look(order)).toEqual({ state, payment, refundedFen });
  });

  test('returned in the merchant’s own pages, with nothing asked here: found by the payment', async () => {
    const order = await paid();
    const number = server.pay.refundAtDesk(order.payment.outTradeNo, FEE_FEN);
    await server.pay.settle();
    expect(await look(order)).toMatchObject({ state: 'refunded', refundedFen: FEE_FEN });
    const ended = unwrap(await admin.client.call('listRefunds', { query: { show: 'ended' } }));
    const own = ended.refunds.find(({ orderId }) => orderId === order.orderId);
    expect(own).toMatchObject({
      purpose: 'foreign',
      outRefundNo: number,
      by: '',
      state: 'succeeded',
    });
  });

  test('an abnormal one goes to a card, whose number stays nowhere here', async () => {
    const order = await paid();
    server.pay.settings.refundsEnd = 'ABNORMAL';
    unwrap(await refundByTwo(server, admin, order.orderId));
    await server.pay.settle();
    server.pay.settings.refundsEnd = 'SUCCESS';
    const { refunds, abnormal } = unwrap(await admin.client.call('listRefunds', { query: {} }));
    const waiting = refunds.find(({ orderId }) => orderId === order.orderId);
    expect(abnormal).toBeGreaterThanOrEqual(1);
    const params = { refundId: waiting?.refundId ?? '' };
    const card = { bankType: 'ICBC_DEBIT', bankAccount: '6222021234567890', realName: '张示例' };
    const bad = { ...card, bankAccount: '62220212345678901234' };
    expect(await admin.client.call('sendRefundToCard', { params, body: bad })).toMatchObject({
      error: { code: 'request.invalid' },
    });
    const sent = unwrap(await admin.client.call('sendRefundToCard', { params, body: card }));
    expect(sent.history.map(({ act }) => act)).toContain('toCard');
    await server.pay.settle();
    expect(await look(order)).toMatchObject({ state: 'refunded', payment: 'refunded' });
    const { bankAccount, realName } = card;
    expect(server.pay.cardOf(waiting?.outRefundNo ?? '')).toEqual(card);
    const rows = JSON.stringify(await db().selectFrom('refundActs').selectAll().execute());
    for (const secret of [bankAccount, realName]) {
      expect(rows).not.toContain(secret);
      expect(server.log.join('\n')).not.toContain(secret);
    }
    expect(await admin.client.call('sendRefundToCard', { params, body: card })).toMatchObject({
      error: { code: 'payment.notAbnormal' },
    });
  });

  test('nobody approves an own wish; declined, the order stays as it is; asked twice is once', async () => {
    const order = await paid();
    const params = { orderId: order.orderId };
    const ask = (staff: TestStaff, idempotencyKey: string = randomUUID()) =>
      staff.client.call('askRefund', { params, body: { reason: '重复缴费', idempotencyKey } });
    const key = randomUUID();
    const both = await Promise.all([ask(admin, key), ask(admin, key)]);
    const [{ requestId } = { requestId: '' }] = both.map(unwrap);
    expect(new Set(both.map((one) => unwrap(one).requestId)).size).toBe(1);
    const other = await addStaff(server, 'administrator');
    const agent = await addStaff(server, 'agent');
    expect(await ask(agent)).toMatchObject({ error: { code: 'payment.refundAsked' } });
    const decide = (staff: TestStaff, decision: 'approve' | 'decline') =>
      staff.client.call('decideRefundRequest', {
        params: { requestId },
        body: decision === 'approve' ? { decision } : { decision, note: '照片已采集' },
      });
    expect(await decide(admin, 'approve')).toMatchObject({ error: { code: 'payment.ownRefund' } });
    expect(await decide(agent, 'approve')).toMatchObject({ error: { code: 'auth.forbidden' } });
    unwrap(await decide(other, 'decline'));
    expect(unwrap(await decide(other, 'decline'))).toMatchObject({
      ...{ state: 'declined', note: '照片已采集', own: false },
    });
    expect(await decide(other, 'approve')).toMatchObject({
      error: { code: 'payment.refundDecided' },
    });
    expect(await look(order)).toMatchObject({ state: 'pendingCapture', payment: 'paid' });
    const list = unwrap(
      await agent.client.call('listRefundRequests', { query: { decided: 'true', pageSize: 100 } }),
    );
    expect(list.requests.find((one) => one.requestId === requestId)).toMatchObject({
      ...{ reason: '重复缴费', decidedBy: expect.stringMatching(/^名 /) },
    });
    expect(JSON.stringify(list)).not.toContain(order.holder.name);
  });
});
