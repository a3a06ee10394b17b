import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readBill } from '../src/adapters/wechat-pay/trade-bill.ts';
import { addStaff, refundByTwo, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Beijing's clock. */
const localHours = (at: Date) => (at.getTime() + 8 * HOUR_MS) % DAY_MS;

describeOnBothDatabases('the daily bill', (db) => {
  let server: TestServer;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    // Other tests of this database have paid on the days before.
    server.advance(40 * DAY_MS - localHours(server.now()) + 12 * HOUR_MS);
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  const dayOf = (at: Date) => new Date(at.getTime() + 8 * HOUR_MS).toISOString().slice(0, 10);
  const paymentOf = async (orderId: string) => {
    const [payment] = await server.environment.storage.payments.listOfOrder(orderId);
    if (!payment) throw new Error('nothing was paid');
    return payment;
  };
  const pay = async () => {
    const open = await server.addSchool({ closesAt: new Date(server.now().getTime() + DAY_MS) });
    const graduate = await enterPaid(server, open);
    return { ...graduate, school: open, payment: await paymentOf(graduate.orderId) };
  };
  const fetchBill = (day: string) => admin.client.call('fetchBill', { params: { day } });
  /** The next day at that hour; logins of the day before are over. */
  const toMorning = async (hours: number) => {
    server.advance(DAY_MS - localHours(server.now()) + hours * HOUR_MS);
    admin = await addStaff(server, 'administrator');
  };
  const openOn = async (day: string) => {
    const query = { day, pageSize: 100 };
    return unwrap(await admin.client.call('listBillDifferences', { query })).differences;
  };

  test('is there after ten; what fits is no difference, what does not is one to work off', async () => {
    const day = dayOf(server.now());
    const fine = await pay();
    const lost = await pay();
    const dearer = await pay();
    const foreign = await pay();
    unwrap(await refundByTwo(server, admin, fine.orderId));
    await server.pay.settle();
    // Returned at the merchant's own desk, and nobody was told.
    server.pay.settings.notifications = 'hold';
    const deskNumber = server.pay.refundAtDesk(foreign.payment.outTradeNo, 2500);
    server.pay.settings.notifications = 'send';
    expect(await fetchBill(day)).toMatchObject({ ok: false });
    await toMorning(9);
    expect(await fetchBill(day)).toMatchObject({ error: { code: 'payment.billNotYet' } });
    server.advance(1.5 * HOUR_MS);
    server.pay.settings.editBill = (lines) =>
      lines
        .filter((line) => !line.includes(lost.payment.outTradeNo))
        .map((line) =>
          line.includes(dearer.payment.outTradeNo) ? line.replaceAll('25.00', '26.00') : line,
        );
    const done = unwrap(await fetchBill(day));
    expect(done).toMatchObject({ state: 'done', payments: 3, paidFen: 7600, refunds: 2, open: 2 });
    const differences = await openOn(day);
    expect(differences.map(({ what, number }) => [what, number]).sort()).toEqual(
      [
        ['missingThere', lost.payment.outTradeNo],
        ['amount', dearer.payment.outTradeNo],
      ].sort(),
    );
    expect(differences.find(({ what }) => what === 'amount')).toMatchObject({
      ...{ hereFen: 2500, thereFen: 2600, orderId: dearer.orderId },
    });
    // What nobody was told of is booked, and told as settled by itself.
    const { storage } = server.environment;
    expect((await storage.orders.find(foreign.orderId))?.state).toBe('refunded');
    const settled = unwrap(
      await admin.client.call('listBillDifferences', { query: { day, settled: 'true' } }),
    );
    expect(settled.differences).toMatchObject([
      { subject: 'refund', what: 'missingHere', number: deskNumber, settledBy: '' },
    ]);
    const [first] = differences;
    const params = { differenceId: first?.differenceId ?? '' };
    const settle = (staff: TestStaff, note: string) =>
      staff.client.call('settleBillDifference', { params, body: { note } });
    const note = '已与微信核对，次日入账';
    expect(unwrap(await settle(admin, note))).toMatchObject({ note });
    expect(unwrap(await settle(admin, note)).settledBy).toMatch(/^名 /);
    const other = await addStaff(server, 'administrator');
    expect(await settle(other, '别的说明')).toMatchObject({
      error: { code: 'payment.differenceSettled' },
    });
    // Compared anew: what was settled stays so, and nothing stands twice.
    server.pay.settings.editBill = (lines) => lines;
    expect(unwrap(await fetchBill(day))).toMatchObject({ payments: 4, open: 0, refunds: 2 });
    expect(await openOn(day)).toEqual([]);

    const totals = unwrap(
      await admin.client.call('listMoneyTotals', {
        query: { from: day, until: day, schoolCode: fine.school.code },
      }),
    );
    expect(totals.totals).toMatchObject([
      { day, wechat: { count: 1, fen: 2500 }, refunded: { count: 1, fen: 2500 }, feeFen: 0 },
    ]);
  });

  test('comes by itself, late and damaged ones again, and each day once', async () => {
    const day = dayOf(server.now());
    await pay();
    await toMorning(10.5);
    const state = async () =>
      unwrap(await admin.client.call('listBills', { query: { from: day, until: day } })).bills[0]
        ?.state;
    server.pay.settings.bills = 'late';
    await server.services.bills.pursue();
    expect(await state()).toBe('waiting');
    server.pay.settings.bills = 'damaged';
    await server.services.bills.pursue();
    expect(await state()).toBe('waiting');
    server.advance(31 * 60_000);
    await server.services.bills.pursue();
    expect(await state()).toBe('damaged');
    expect(await fetchBill(day)).toMatchObject({ error: { code: 'payment.billDamaged' } });
    server.pay.settings.bills = 'ready';
    server.advance(31 * 60_000);
    await server.services.bills.pursue();
    expect(await state()).toBe('done');
    const { money } = server.environment.storage;
    expect(await money.claimBill(day, server.now(), server.now())).toBe(false);
    // Somebody asks again while they cannot be reached: what is there stays.
    server.pay.settings.spoilAnswers = true;
    expect((await fetchBill(day)).ok).toBe(false);
    server.pay.settings.spoilAnswers = false;
    expect(await state()).toBe('done');
  });

  test('of a day on which nobody paid there is none', async () => {
    const day = dayOf(server.now());
    server.advance(2 * DAY_MS);
    const quiet = dayOf(new Date(server.now().getTime() - DAY_MS));
    expect(quiet > day).toBe(true);
    await toMorning(11);
    expect(unwrap(await fetchBill(quiet))).toMatchObject({ state: 'none', payments: 0 });
  });

  test('payments are found by each of their numbers, page by page', async () => {
    const one = await pay();
    const { payment, school: own } = one;
    const second = await enterPaid(server, own);
    const list = async (query: object) =>
      unwrap(await admin.client.call('listPayments', { query }));
    for (const text of [payment.outTradeNo, payment.transactionId, one.verified.orders[0]?.orderNo])
      expect((await list({ text })).payments.map(({ paymentId }) => paymentId)).toEqual([
        payment.id,
      ]);
    expect((await list({ text: 'nobody’s' })).payments).toEqual([]);
    const { name } = one.holder;
    const { payments: alike } = await list({ text: name.slice(0, 2), pageSize: 50 });
    expect(alike.map(({ paymentId }) => paymentId)).toContain(payment.id);
    expect((await list({ text: `${name}无` })).payments).toEqual([]);
    const first = await list({ schoolCode: own.code, pageSize: 1 });
    const rest = await list({ schoolCode: own.code, pageSize: 1, after: first.next });
    expect([...first.payments, ...rest.payments].map(({ orderId }) => orderId)).toEqual([
      second.orderId,
      one.orderId,
    ]);
    expect(rest.next).toBeUndefined();
    const filters = {
      schoolCode: own.code,
      way: 'wechat',
      day: dayOf(server.now()),
      state: 'paid',
    };
    expect((await list(filters)).payments).toHaveLength(2);
    expect((await list({ ...filters, way: 'cash' })).payments).toEqual([]);
    expect((await list({ ...filters, state: 'owed' })).payments).toEqual([]);
    expect((await list({ ...filters, day: '2020-01-01' })).payments).toEqual([]);
    const named = await list({ schoolCode: own.code, text: second.holder.name });
    expect(named.payments).toHaveLength(2);
    expect(JSON.stringify(named)).not.toContain(second.holder.name);
    const agent = await addStaff(server, 'agent', 'reviewer');
    expect(await agent.client.call('listPayments', { query: {} })).toMatchObject({
      error: { code: 'auth.forbidden' },
    });
  });

  test('an invoicing system gets its rows; names leave with a reason, and are written down', async () => {
    const { school: own, orderId, holder, payment } = await pay();
    const day = dayOf(server.now());
    const query = { from: day, until: day, schoolCode: own.code };
    const file = async (more: object) =>
      Buffer.from(
        unwrap(
          await admin.client.call('exportInvoiceRows', { query: { ...query, ...more } }),
        ) as Uint8Array,
      ).toString('utf8');
    const plain = await file({});
    expect(plain).toContain(payment.outTradeNo);
    expect(plain).toContain(',25.00,');
    expect(plain).not.toContain(holder.name);
    expect(
      await admin.client.call('exportInvoiceRows', { query: { ...query, names: 'true' } }),
    ).toMatchObject({ error: { code: 'payment.exportReasonNeeded' } });
    expect(await file({ names: 'true', reason: '开具电子发票' })).toContain(holder.name);
    const { exports } = unwrap(await admin.client.call('listMoneyExports'));
    expect(exports.slice(0, 2)).toMatchObject([
      { what: 'invoicesWithNames', rows: 1, reason: '开具电子发票', from: day },
      { what: 'invoices', rows: 1 },
    ]);
    unwrap(await refundByTwo(server, admin, orderId, { idempotencyKey: randomUUID() }));
    await server.pay.settle();
    expect(await file({})).not.toContain(payment.outTradeNo);
    const bad = { from: day, until: '2020-01-01' };
    expect(await admin.client.call('exportMoneyTotals', { query: bad })).toMatchObject({
      error: { code: 'request.invalid' },
    });
    const totals = unwrap(await admin.client.call('exportMoneyTotals', { query }));
    expect(Buffer.from(totals as Uint8Array).toString()).toContain(own.name);
  });
});

test('a bill whose lines, count or sums do not fit is none', () => {
  const head =
    '交易时间,微信订单号,商户订单号,交易状态,微信退款单号,商户退款单号,退款状态,手续费,订单金额,申请退款金额';
  const line = '`2026-11-30 09:00:00,`42,`no1,`SUCCESS,`0,`0,`,`0.15000,`25.00,`0.00';
  const back = '`2026-11-30 10:00:00,`42,`no1,`REFUND,`50,`r1,`SUCCESS,`-0.06000,`0.00,`10.00';
  const sums = '总交易单数,手续费总金额,订单总金额,申请退款总金额';
  const file = (...rows: string[]) => `\uFEFF${[head, line, back, sums, ...rows].join('\r\n')}\r\n`;
  expect(readBill(file('`2,`0.09000,`25.00,`10.00'))).toMatchObject([
    { kind: 'payment', amountFen: 2500, feeE5: 15_000, at: new Date('2026-11-30T01:00:00Z') },
    { kind: 'refund', amountFen: 1000, feeE5: -6000, outRefundNo: 'r1', state: 'SUCCESS' },
  ]);
  for (const totals of [
    ...['`1,`0.09000,`25.00,`10.00', '`2,`0.09000,`25.01,`10.00', '`2,`0.09000,`25.00,`9.00'],
    ...['`2,`0.10000,`25.00,`10.00', '`2'],
  ])
    expect(readBill(file(totals))).toBeUndefined();
  expect(readBill(`${head}\r\n${line}\r\n`)).toBeUndefined();
  expect(readBill(file('`2,`0.09000,`25.00,`10.00').replace('`25.00', '`25.0x'))).toBeUndefined();
  expect(readBill('')).toBeUndefined();
});
