import type { Client } from '@gradshot/contract';
import { fail } from '@gradshot/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff } from './support/console.ts';
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

  describe('the lock is lifted by staff at the desk', () => {
    const grant = async (stationId: string, granted = true) => {
      const administrator = await addStaff(server, 'administrator');
      const body = { right: 'liftLock', granted, reason: '毕业季现场值守' } as const;
      const params = { stationId };
      unwrap(await administrator.client.call('grantStationRight', { params, body }));
      return administrator.client;
    };
    const lockedAt = async (station: Client) => {
      const { payload, holder } = server.addCode(school);
      const ticket = await ticketFor(payload, station);
      await lock(ticket, station);
      return { payload, ticket, right: holder.idNumber.slice(-4) };
    };
    const lock = async (ticket: string, station: Client) => {
      for (let i = 0; i < 5; i += 1) await tryOn(ticket, '0000', station);
      expect(await tryOn(ticket, '0000', station)).toMatchObject({
        error: { code: 'eligibility.locked' },
      });
    };
    const lift = (ticket: string, station: Client) =>
      station.call('liftLastFourLock', { body: { ticket } });
    const open = async () => {
      const { stationId, authorization } = await server.addStation(school);
      return { stationId, station: server.client(authorization) };
    };

    test('where the station has the right, twice a day, and never by itself', async () => {
      const { stationId, station } = await open();
      const { ticket, right } = await lockedAt(station);
      expect(await lift(ticket, station)).toEqual(fail('station.mayNotLiftLock'));
      expect(await tryOn(ticket, right, station)).toMatchObject({ ok: false });
      await grant(stationId);
      expect(unwrap(await station.call('getStationSettings')).rights).toEqual(['liftLock']);
      expect(unwrap(await lift(ticket, station))).toEqual({ leftToday: 1 });
      // An answer that was lost is asked for again: no second lift.
      expect(unwrap(await lift(ticket, station))).toEqual({ leftToday: 1 });
      await lock(ticket, station);
      expect(unwrap(await lift(ticket, station))).toEqual({ leftToday: 0 });
      await lock(ticket, station);
      const usedUp = fail('eligibility.liftsUsedUp', { limit: 2 });
      expect(await lift(ticket, station)).toEqual(usedUp);
      await grant(stationId, false);
      expect(await lift(ticket, station)).toEqual(fail('station.mayNotLiftLock'));
    });

    test('five more tries, then the right answer; the console shows who, when and whose', async () => {
      const { stationId, station } = await open();
      const console = await grant(stationId);
      const { ticket, right } = await lockedAt(station);
      unwrap(await lift(ticket, station));
      expect(await tryOn(ticket, '0000', station)).toEqual(
        fail('eligibility.lastFourWrong', { remaining: 4 }),
      );
      const { student } = unwrap(await tryOn(ticket, right, station));
      const params = { stationId };
      const listed = unwrap(await console.call('getStationRecord', { params }));
      expect(listed.history).toMatchObject([
        { act: 'lockLifted', student: student.maskedName, reason: '' },
        { act: 'granted', right: 'liftLock', reason: '毕业季现场值守' },
        { act: 'enrolled' },
      ]);
      expect(listed.history[0]).not.toHaveProperty('staff');
      expect(JSON.stringify(listed)).not.toContain(right);
    });

    test('the cap is the student’s, wherever it is lifted, and ends with the day', async () => {
      const [one, other] = [await open(), await open()];
      for (const { stationId } of [one, other]) await grant(stationId);
      const { ticket, payload } = await lockedAt(one.station);
      unwrap(await lift(ticket, one.station));
      const there = await ticketFor(payload, other.station);
      // Not locked, and lifted by the other station: nothing to repeat here.
      expect(await lift(there, other.station)).toEqual(fail('eligibility.notLocked'));
      await lock(there, other.station);
      expect(unwrap(await lift(there, other.station))).toEqual({ leftToday: 0 });
      server.advance(24 * 60 * MINUTE);
      const tomorrow = await ticketFor(payload, one.station);
      await lock(tomorrow, one.station);
      expect(unwrap(await lift(tomorrow, one.station))).toEqual({ leftToday: 1 });
    });

    test('by a ticket of its own that is still good, and of a student who is locked', async () => {
      const [one, other] = [await open(), await open()];
      for (const { stationId } of [one, other]) await grant(stationId);
      const { ticket } = await lockedAt(one.station);
      const expired = fail('eligibility.ticketExpired');
      expect(await lift(ticket, other.station)).toEqual(expired);
      expect(await lift('no such ticket', one.station)).toEqual(expired);
      server.advance(10 * MINUTE);
      expect(await lift(ticket, one.station)).toEqual(expired);
      const fresh = await ticketFor(server.addCode(school).payload, one.station);
      expect(await lift(fresh, one.station)).toEqual(fail('eligibility.notLocked'));
    });

    test('of two who lift at once one does', async () => {
      const { stationId, station } = await open();
      const console = await grant(stationId);
      const { ticket } = await lockedAt(station);
      const lifted = await Promise.all([lift(ticket, station), lift(ticket, station)]);
      expect(lifted.map((one) => unwrap(one).leftToday)).toEqual([1, 1]);
      const params = { stationId };
      const { history } = unwrap(await console.call('getStationRecord', { params }));
      expect(history.filter(({ act }) => act === 'lockLifted')).toHaveLength(1);
    });
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
