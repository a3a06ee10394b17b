import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import {
  enterGraduate,
  enterPaid,
  giveConsents,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

const MINUTE = 60_000;

describeOnBothDatabases('payments', (db) => {
  let server: TestServer;
  let school: School;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  /** The payer pays, and no notification comes. */
  async function payUnseen(codeUrl: string | undefined): Promise<void> {
    server.pay.settings.notifications = 'hold';
    expect(server.pay.pay({ codeUrl: codeUrl ?? '' }).paid).toBe(true);
    await server.pay.settle();
    server.pay.settings.notifications = 'send';
  }

  async function entered(from = school) {
    const graduate = await enterGraduate(server, from);
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    await giveConsents(client, graduate.orderId);
    return {
      client,
      params,
      open: (idempotencyKey: string = randomUUID(), method: 'native' | 'jsapi' = 'native') =>
        client.call('createPayment', { params, body: { method, idempotencyKey } }),
      look: (paymentId: string) => client.call('getPayment', { params: { paymentId } }),
      state: async () => unwrap(await client.call('getOrder', { params })).state,
      events: async () =>
        unwrap(await client.call('getOrder', { params })).history.map((x) => x.event),
    };
  }

  test('one order has one live payment, whoever presses how often', async () => {
    const { open } = await entered();
    const key = randomUUID();
    const all = await Promise.all([open(key), open(key), open(), open(), open(key)]);
    const payments = all.map(unwrap);
    expect(new Set(payments.map((payment) => payment.paymentId)).size).toBe(1);
    expect(new Set(payments.map((payment) => payment.codeUrl)).size).toBe(1);
  });

  test('a key stands for one order and one method', async () => {
    const first = await entered();
    const second = await entered();
    const key = randomUUID();
    unwrap(await first.open(key));
    const mismatch = { error: { code: 'request.idempotencyMismatch' } };
    expect(await second.open(key)).toMatchObject(mismatch);
  });

  test('a repeated notification changes nothing', async () => {
    const { open, state, events } = await entered();
    const payment = unwrap(await open());
    const paid = server.pay.pay({ codeUrl: payment.codeUrl! });
    await server.pay.settle();
    if (!paid.paid) throw new Error(paid.message);
    const deliveries = await server.pay.repeatNotifications(paid.outTradeNo);
    expect(deliveries.every((delivery) => delivery.status === 200)).toBe(true);
    expect(await state()).toBe('pendingCapture');
    expect(await events()).toEqual(['confirmPayment']);
  });

  test('notification and query at the same time confirm once', async () => {
    const { open, look, events } = await entered();
    const payment = unwrap(await open());
    server.pay.pay({ codeUrl: payment.codeUrl! });
    await Promise.all([server.pay.settle(), look(payment.paymentId), look(payment.paymentId)]);
    expect(unwrap(await look(payment.paymentId)).state).toBe('paid');
    expect(await events()).toEqual(['confirmPayment']);
  });

  test('a lost notification costs nothing', async () => {
    const { open, look, state } = await entered();
    const payment = unwrap(await open());
    await payUnseen(payment.codeUrl);
    expect(await state()).toBe('pendingPayment');
    server.advance(3_000);
    expect(unwrap(await look(payment.paymentId))).toMatchObject({ state: 'paid' });
    expect(await state()).toBe('pendingCapture');
  });

  test('paid already: another payment is refused, the old key answers the old payment', async () => {
    const { open, look } = await entered();
    const key = randomUUID();
    const payment = unwrap(await open(key));
    server.pay.pay({ codeUrl: payment.codeUrl! });
    await server.pay.settle();
    expect(await open()).toMatchObject({ error: { code: 'payment.alreadyPaid' } });
    expect(unwrap(await open(key))).toMatchObject({ paymentId: payment.paymentId, state: 'paid' });
    expect(unwrap(await look(payment.paymentId)).codeUrl).toBeUndefined();
  });

  test('an expired payment is closed and makes room for the next', async () => {
    const { open, look } = await entered();
    const key = randomUUID();
    const first = unwrap(await open(key));
    server.advance(31 * MINUTE);
    const second = unwrap(await open(key));
    expect(second.paymentId).not.toBe(first.paymentId);
    expect(unwrap(await look(first.paymentId)).state).toBe('expired');
    expect(server.pay.pay({ codeUrl: first.codeUrl! }).paid).toBe(false);
  });

  test('a payment in its last minute is not offered again: the payer would be too late', async () => {
    const { open, look } = await entered();
    const first = unwrap(await open());
    server.advance(28 * MINUTE + 59_000);
    expect(unwrap(await open()).paymentId).toBe(first.paymentId);
    server.advance(1_000);
    const second = unwrap(await open());
    expect(second.paymentId).not.toBe(first.paymentId);
    expect(unwrap(await look(first.paymentId)).state).toBe('closed');
    expect(unwrap(await look(second.paymentId)).state).toBe('pending');
  });

  test('money that came unseen before the expiry is found when the next payment is asked for', async () => {
    const { open, state } = await entered();
    const first = unwrap(await open());
    await payUnseen(first.codeUrl);
    server.advance(31 * MINUTE);
    expect(await open()).toMatchObject({ error: { code: 'payment.alreadyPaid' } });
    expect(await state()).toBe('pendingCapture');
  });

  test('housekeeping settles what nobody asks about', async () => {
    const { open, state } = await entered();
    const payment = unwrap(await open());
    await payUnseen(payment.codeUrl);
    server.advance(31 * MINUTE);
    await server.services.payments.settleStale(1000);
    expect(await state()).toBe('pendingCapture');
  });

  test('a payment that cannot be settled does not keep the others waiting', async () => {
    const stuck = unwrap(await (await entered()).open());
    const other = unwrap(await (await entered()).open());
    server.advance(31 * MINUTE);
    const { payments } = server.environment.storage;
    await payments.update(stuck.paymentId, { lastQueriedAt: server.now() });
    const ids = (await payments.listStale(server.now(), 1000)).map(({ id }) => id);
    expect(ids).toContain(stuck.paymentId);
    expect(ids.indexOf(other.paymentId)).toBeLessThan(ids.indexOf(stuck.paymentId));
  });

  test('an order that costs nothing is confirmed without a provider', async () => {
    const free = await server.addSchool({ priceFen: 0 });
    const { open, state } = await entered(free);
    const key = randomUUID();
    const payment = unwrap(await open(key));
    expect(payment).toMatchObject({ state: 'paid', amountFen: 0 });
    expect(unwrap(await open(key)).paymentId).toBe(payment.paymentId);
    expect(await state()).toBe('pendingCapture');
  });

  test('a cancelled order cannot be paid; a paid one cannot be cancelled', async () => {
    const cancelled = await entered();
    const payment = unwrap(await cancelled.open());
    const { client, params } = cancelled;
    expect(unwrap(await client.call('cancelOrder', { params })).state).toBe('cancelled');
    expect(unwrap(await client.call('cancelOrder', { params })).state).toBe('cancelled');
    expect(server.pay.pay({ codeUrl: payment.codeUrl! }).paid).toBe(false);
    expect(await cancelled.open()).toMatchObject({ ok: false });
    const paid = await enterPaid(server, school);
    const result = await server
      .client(paid.authorization)
      .call('cancelOrder', { params: { orderId: paid.orderId } });
    expect(result).toMatchObject({ error: { code: 'order.transitionForbidden' } });
  });

  test('paying while the order is being cancelled: the money wins', async () => {
    const { open, client, params, state } = await entered();
    const payment = unwrap(await open());
    await payUnseen(payment.codeUrl);
    expect(await client.call('cancelOrder', { params })).toMatchObject({
      error: { code: 'order.transitionForbidden' },
    });
    expect(await state()).toBe('pendingCapture');
  });

  test('a notification that is not WeChat’s own is refused', async () => {
    const response = await fetch(`${server.url}/v1/wechat/pay/notify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'wechatpay-signature': 'AAAA' },
      body: JSON.stringify({ id: 'x', event_type: 'TRANSACTION.SUCCESS' }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'payment.signatureInvalid' } });
  });

  test('another sum than was asked for is booked as what it is, and pays nothing', async () => {
    const { open, state, look } = await entered();
    const payment = unwrap(await open());
    server.pay.pay({ codeUrl: payment.codeUrl! }, 2400);
    await server.pay.settle();
    expect(server.pay.deliveries.at(-1)).toMatchObject({ status: 200 });
    expect(await state()).toBe('pendingPayment');
    expect(unwrap(await look(payment.paymentId))).toMatchObject({ state: 'paid', amountFen: 2400 });
    const due = await server.environment.storage.refunds.findDue(payment.paymentId);
    expect(due).toMatchObject({ refundCause: 'amount', askedFen: 2500, amountFen: 2400 });
    expect(unwrap(await open())).toMatchObject({ state: 'pending', amountFen: 2500 });
  });

  test('a station pays for its own school’s orders only', async () => {
    const { open } = await entered();
    const payment = unwrap(await open());
    const params = { paymentId: payment.paymentId };
    const own = server.client((await server.addStation(school)).authorization);
    expect((await own.call('getPayment', { params })).ok).toBe(true);
    const elsewhere = await server.addStation(await server.addSchool());
    const other = server.client(elsewhere.authorization);
    expect(await other.call('getPayment', { params })).toMatchObject({
      error: { code: 'request.notFound' },
    });
  });

  test('jsapi needs a WeChat login', async () => {
    const { open } = await entered();
    expect(await open(randomUUID(), 'jsapi')).toMatchObject({ error: { code: 'request.invalid' } });
  });
});
