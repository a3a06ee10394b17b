import { fail } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const MINUTE = 60_000;

describeOnBothDatabases('eligibility', (db) => {
  let server: TestServer;
  let school: School;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  const ticketFor = async (payload: string, client = server.client()) =>
    unwrap(await client.call('resolveCode', { body: { payload } })).ticket;
  const tryOn = (ticket: string, lastFour: string, client = server.client()) =>
    client.call('verifyLastFour', { body: { ticket, lastFour } });

  test.each([
    'code.notCollectionCode',
    'code.unknown',
    'code.expired',
    'code.gatewayUnavailable',
  ] as const)('%s comes through as its own failure', async (code) => {
    const payload = server.refuseCode(fail(code));
    const result = await server.client().call('resolveCode', { body: { payload } });
    expect(result).toEqual({ ok: false, error: { code } });
  });

  test('five wrong tries lock the student on every ticket and station', async () => {
    const { payload, holder } = server.addCode(school);
    const right = holder.idNumber.slice(-4);
    const ticket = await ticketFor(payload);
    for (const remaining of [4, 3, 2, 1])
      expect(await tryOn(ticket, '0000')).toEqual({
        ok: false,
        error: { code: 'eligibility.lastFourWrong', details: { remaining } },
      });
    const locked = { ok: false, error: { code: 'eligibility.locked', details: { minutes: 15 } } };
    expect(await tryOn(ticket, '0000')).toEqual(locked);
    expect(await tryOn(ticket, right)).toEqual(locked);
    const station = server.client((await server.addStation(school)).authorization);
    expect(await tryOn(await ticketFor(payload, station), right, station)).toEqual(locked);

    expect(await tryOn(ticket, right)).toEqual(locked);
    server.advance(15 * MINUTE + 1000);
    expect((await tryOn(await ticketFor(payload), right)).ok).toBe(true);
  });

  test('a right answer clears the count', async () => {
    const { payload, holder } = server.addCode(school);
    const right = holder.idNumber.slice(-4);
    for (let round = 0; round < 3; round += 1) {
      const ticket = await ticketFor(payload);
      for (let i = 0; i < 4; i += 1) expect((await tryOn(ticket, '9999')).ok).toBe(false);
      expect((await tryOn(ticket, right)).ok).toBe(true);
    }
  });

  test('tries made at the same time count one by one', async () => {
    const { payload, holder } = server.addCode(school);
    const tickets = await Promise.all(Array.from({ length: 12 }, () => ticketFor(payload)));
    const results = await Promise.all(tickets.map((ticket) => tryOn(ticket, '0001')));
    const codes = results.map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes.filter((code) => code === 'eligibility.lastFourWrong')).toHaveLength(4);
    expect(codes.filter((code) => code === 'eligibility.locked')).toHaveLength(8);
    const ticket = await ticketFor(payload);
    expect((await tryOn(ticket, holder.idNumber.slice(-4))).ok).toBe(false);
  });

  test('an ill-formed answer is told so and does not count', async () => {
    const { payload } = server.addCode(school);
    const ticket = await ticketFor(payload);
    expect(await tryOn(ticket, '12-4')).toMatchObject({ error: { code: 'request.invalid' } });
    expect(await tryOn(ticket, '0000')).toMatchObject({ error: { details: { remaining: 4 } } });
  });

  test('takes X in any case and brackets as on Hong Kong cards', async () => {
    const mainland = server.addCode(school, { idNumber: '11010519491231002X' });
    expect((await tryOn(await ticketFor(mainland.payload), '002x')).ok).toBe(true);
    const hongKong = server.addCode(school, { idNumber: 'A123456(3)' });
    expect((await tryOn(await ticketFor(hongKong.payload), '456(3)')).ok).toBe(true);
  });

  test('a ticket serves once, for ten minutes, and only who opened it', async () => {
    const { payload, holder } = server.addCode(school);
    const right = holder.idNumber.slice(-4);
    const expired = { ok: false, error: { code: 'eligibility.ticketExpired' } };
    const used = await ticketFor(payload);
    expect((await tryOn(used, right)).ok).toBe(true);
    expect(await tryOn(used, right)).toEqual(expired);
    const late = await ticketFor(payload);
    server.advance(10 * MINUTE);
    expect(await tryOn(late, right)).toEqual(expired);
    const one = server.client((await server.addStation(school)).authorization);
    const other = server.client((await server.addStation(school)).authorization);
    const ticket = await ticketFor(payload, one);
    expect(await tryOn(ticket, right, other)).toEqual(expired);
    expect(await tryOn(ticket, right)).toEqual(expired);
    expect((await tryOn(ticket, right, one)).ok).toBe(true);
  });

  test('one enrolment has one order, and another one after it was cancelled', async () => {
    const { payload, holder } = server.addCode(school);
    const right = holder.idNumber.slice(-4);
    const tickets = await Promise.all(Array.from({ length: 6 }, () => ticketFor(payload)));
    const results = await Promise.all(tickets.map((ticket) => tryOn(ticket, right)));
    const orders = results.map((result) => unwrap(result).orders[0]!.orderId);
    expect(new Set(orders).size).toBe(1);
    const graduate = server.client(`Bearer ${unwrap(results[0]!).sessionToken}`);
    const params = { orderId: orders[0]! };
    expect(unwrap(await graduate.call('cancelOrder', { params })).state).toBe('cancelled');
    const next = unwrap(await tryOn(await ticketFor(payload), right));
    expect(next.orders.map((order) => order.state)).toEqual(['pendingPayment', 'cancelled']);
  });

  test('schools: unknown, not open, and somebody else’s station', async () => {
    const unknown = server.addCode({ ...school, code: 'none' });
    expect(
      await server.client().call('resolveCode', { body: { payload: unknown.payload } }),
    ).toMatchObject({ error: { code: 'eligibility.noBatch' } });
    const past = new Date(server.now().getTime() - 3_600_000);
    const closed = await server.addSchool({ closesAt: past });
    const { payload, holder } = server.addCode(closed);
    const ticket = await ticketFor(payload);
    expect(await tryOn(ticket, holder.idNumber.slice(-4))).toMatchObject({
      error: { code: 'eligibility.noBatch' },
    });
    const station = server.client((await server.addStation(school)).authorization);
    expect(await station.call('resolveCode', { body: { payload } })).toEqual({
      ok: false,
      error: { code: 'eligibility.otherSchool', details: { school: closed.name } },
    });
  });

  test('a session ends', async () => {
    const { payload, holder } = server.addCode(school);
    const verified = unwrap(await tryOn(await ticketFor(payload), holder.idNumber.slice(-4)));
    const graduate = server.client(`Bearer ${verified.sessionToken}`);
    expect((await graduate.call('listOrders')).ok).toBe(true);
    server.advance(12 * 60 * MINUTE);
    expect(await graduate.call('listOrders')).toMatchObject({ error: { code: 'auth.required' } });
  });

  test('nothing readable about a person lies in the database', async () => {
    const { payload, holder } = server.addCode(school, { name: '欧阳独一无二' });
    await tryOn(await ticketFor(payload), holder.idNumber.slice(-4));
    const rows = await db().selectFrom('students').selectAll().execute();
    const text = rows
      .map((row) => JSON.stringify(row) + Buffer.from(row.nameSealed) + row.idNumberSealed)
      .join('');
    expect(text).not.toContain('独一');
    expect(text).not.toContain(holder.idNumber);
    expect(text).not.toContain(holder.studentNumber);
  });
});

describeOnBothDatabases('rate limits', (db) => {
  test('stop a program, with the seconds to wait', async () => {
    const server = await startTestServer(db(), { limits: { eligibility: 5 } });
    const payload = server.refuseCode(fail('code.unknown'));
    const codes: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      const result = await server.client().call('resolveCode', { body: { payload } });
      if (!result.ok) codes.push(result.error.code);
      if (!result.ok && i === 6) expect(result.error.details?.seconds).toBeGreaterThan(0);
    }
    expect(codes.slice(5)).toEqual(['request.tooMany', 'request.tooMany']);
    const school = await server.addSchool();
    const station = server.client((await server.addStation(school)).authorization);
    expect(await station.call('resolveCode', { body: { payload } })).toMatchObject({
      error: { code: 'code.unknown' },
    });
    await server.close();
  });
});
