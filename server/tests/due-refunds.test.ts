import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import {
  enterGraduate,
  giveConsents,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

describeOnBothDatabases('money that is owed back', (db) => {
  let server: TestServer;
  let school: School;
  let admin: TestStaff;
  let other: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    admin = await addStaff(server, 'administrator');
    other = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  /** Paid while the order was being cancelled elsewhere: money for an order that is over. */
  async function paidInVain() {
    const graduate = await enterGraduate(server, school);
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    await giveConsents(client, graduate.orderId);
    const body = { method: 'native' as const, idempotencyKey: randomUUID() };
    const payment = unwrap(await client.call('createPayment', { params, body }));
    await db()
      .updateTable('orders')
      .set({ state: 'cancelled' })
      .where('id', '=', graduate.orderId)
      .execute();
    expect(server.pay.pay({ codeUrl: payment.codeUrl ?? '' }).paid).toBe(true);
    await server.pay.settle();
    return { paymentId: payment.paymentId, ...graduate };
  }

  const list = async (returned: boolean, staff = admin) =>
    unwrap(
      await staff.client.call('listDueRefunds', {
        query: { returned: returned ? 'true' : 'false', pageSize: 100 },
      }),
    );
  const owed = async (paymentId: string) =>
    (await list(false)).refunds.find((refund) => refund.paymentId === paymentId);
  const giveBack = (staff: TestStaff, paymentId: string, idempotencyKey: string = randomUUID()) =>
    staff.client.call('returnDuePayment', {
      params: { paymentId },
      body: { reason: '订单取消后到账', idempotencyKey },
    });
  const byHand = (staff: TestStaff, paymentId: string, idempotencyKey: string = randomUUID()) =>
    staff.client.call('noteDuePaymentReturned', {
      params: { paymentId },
      body: { reference: '转账 20261123-01', note: '家长代收', idempotencyKey },
    });

  test('is listed with its cause, masked, and returned by the payment service', async () => {
    const { paymentId, holder } = await paidInVain();
    const due = await owed(paymentId);
    expect(due).toMatchObject({ cause: 'cancelled', state: 'due', amountFen: 2500, history: [] });
    expect(JSON.stringify(due)).not.toContain(holder.name);
    const before = await list(false);
    expect(before.owedFen).toBe(before.owed * 2500);
    const first = unwrap(await giveBack(admin, paymentId));
    expect(['running', 'returned']).toContain(first.state);
    await server.pay.settle();
    expect(await owed(paymentId)).toBeUndefined();
    const done = (await list(true)).refunds.find((refund) => refund.paymentId === paymentId);
    expect(done).toMatchObject({ state: 'returned' });
    expect(done?.history.map(({ act }) => act)).toEqual(['requested', 'processing', 'succeeded']);
    expect(done?.history[0]?.by).toMatch(/^名 /);
    expect(await giveBack(admin, paymentId)).toMatchObject({ error: { code: 'payment.notDue' } });
    expect(await byHand(admin, paymentId)).toMatchObject({ error: { code: 'payment.notDue' } });
  });

  test('a double click and two administrators at once return it once', async () => {
    const { paymentId } = await paidInVain();
    const key = randomUUID();
    const answers = await Promise.all([
      giveBack(admin, paymentId, key),
      giveBack(admin, paymentId, key),
      giveBack(other, paymentId),
      byHand(other, paymentId),
    ]);
    const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
    expect(codes.filter((code) => code !== 'ok').length).toBeGreaterThanOrEqual(2);
    await server.pay.settle();
    server.advance(120_000);
    await server.services.refunds.pursue(100);
    const rows = await db()
      .selectFrom('refunds')
      .selectAll()
      .where('paymentId', '=', paymentId)
      .execute();
    expect(rows.length).toBe(1);
    const done = (await list(true)).refunds.find((refund) => refund.paymentId === paymentId);
    expect(done?.history.filter(({ act }) => act === 'succeeded' || act === 'byHand').length).toBe(
      1,
    );
  });

  test('returned by hand: with its reference, once', async () => {
    const { paymentId } = await paidInVain();
    const key = randomUUID();
    const first = unwrap(await byHand(admin, paymentId, key));
    expect(first).toMatchObject({ state: 'returnedByHand' });
    expect(first.history).toMatchObject([{ act: 'byHand', note: '转账 20261123-01 · 家长代收' }]);
    expect(unwrap(await byHand(admin, paymentId, key)).history.length).toBe(1);
    expect(await giveBack(other, paymentId, key)).toMatchObject({
      error: { code: 'request.idempotencyMismatch' },
    });
    expect(await giveBack(other, paymentId)).toMatchObject({ error: { code: 'payment.notDue' } });
  });

  test('refused by the payment service it is owed on and can be tried again', async () => {
    const { paymentId } = await paidInVain();
    // Somebody returned it in the merchant's own pages already.
    const record = await server.environment.storage.payments.find(paymentId);
    unwrap(
      await server.environment.payments.refund({
        outTradeNo: record?.outTradeNo ?? '',
        outRefundNo: randomUUID().replaceAll('-', ''),
        refundFen: 2500,
        totalFen: 2500,
      }),
    );
    const refused = await giveBack(admin, paymentId);
    expect(refused.ok).toBe(false);
    const due = await owed(paymentId);
    expect(due).toMatchObject({ state: 'failed' });
    expect(due?.history.at(-1)?.note).toMatch(/。$/);
    expect(unwrap(await byHand(admin, paymentId)).state).toBe('returnedByHand');
  });

  test('while the payment service is away the wish is kept and repeated', async () => {
    const { paymentId } = await paidInVain();
    Object.assign(server.pay.settings, { spoilAnswers: true, notifications: 'hold' });
    const kept = unwrap(await giveBack(admin, paymentId));
    server.pay.settings.spoilAnswers = false;
    expect(kept.state).toBe('running');
    expect(await byHand(other, paymentId)).toMatchObject({
      error: { code: 'payment.refundRunning' },
    });
    server.pay.settings.notifications = 'send';
    server.advance(120_000);
    await server.services.refunds.pursue(100);
    await server.pay.settle();
    expect(await owed(paymentId)).toBeUndefined();
  });

  test('an agent sees none of it; an ordinary payment is not owed back', async () => {
    const agent = await addStaff(server, 'agent', 'reviewer');
    expect(await agent.client.call('listDueRefunds', { query: {} })).toMatchObject({
      error: { code: 'auth.forbidden' },
    });
    const graduate = await enterGraduate(server, school);
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    await giveConsents(client, graduate.orderId);
    const body = { method: 'native' as const, idempotencyKey: randomUUID() };
    const payment = unwrap(await client.call('createPayment', { params, body }));
    server.pay.pay({ codeUrl: payment.codeUrl ?? '' });
    await server.pay.settle();
    expect(await giveBack(admin, payment.paymentId)).toMatchObject({
      error: { code: 'payment.notDue' },
    });
  });
});
