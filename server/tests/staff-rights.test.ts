import { randomUUID } from 'node:crypto';
import { ROUTES, type RouteDefinition, routeUrl } from '@gradshot/contract';
import { RIGHTS_OF_ROLE, STAFF_ROLES, type StaffRole } from '@gradshot/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaffOf, submitPhoto, type TestStaff } from './support/console.ts';
import { describeOnServersDatabase } from './support/databases.ts';
import { fittingBody } from './support/fitting-bodies.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const STAFF: readonly RouteDefinition[] = Object.values<RouteDefinition>(ROUTES).filter(
  ({ callers }) => callers.includes('staff'),
);
const rows = STAFF.map((route) => [route.id, route] as const);
const isOpenTo = ({ right }: RouteDefinition, role: StaffRole) =>
  !right || RIGHTS_OF_ROLE[role].includes(right);
/** An administrator is never kept to schools; nobody is made so but here. */
const KEPT = STAFF_ROLES.map((role) => [role] as const);

/** What a path names decides how its school is known. */
const BY_PATH = {
  ':orderId': 'ofOrder',
  ':paymentId': 'ofPayment',
  ':batchId': 'ofBatch',
  ':stationId': 'ofStation',
  ':accountId': 'ofAccount',
} as const;

test.each(rows)('%s says what it needs and whose it is', (_, route) => {
  expect(route.school, 'declare `school` in the contract').toBeDefined();
  for (const [name, school] of Object.entries(BY_PATH))
    if (route.path.includes(name)) expect(route.school).toBe(school);
  if (!route.right) expect(['own', 'filtered']).toContain(route.school);
});

describeOnServersDatabase('every staff route, role by role', (db) => {
  let server: TestServer;
  let own: School;
  let elsewhere: School;
  let names: Readonly<Record<string, string>>;
  let marks: readonly string[];
  const natives = new Map<StaffRole, TestStaff>();
  const strangers = new Map<StaffRole, TestStaff>();

  beforeAll(async () => {
    server = await startTestServer(db());
    own = await server.addSchool();
    elsewhere = await server.addSchool();
    const order = await submitPhoto(server, own);
    const { orderId, photoId } = order;
    const { batchId } = await only('orders', 'id', orderId);
    const { id: paymentId } = await only('payments', 'orderId', orderId);
    const { id: stationId } = await only('stations', 'schoolId', own.id);
    const accountId = await chatOf(order);
    await db()
      .updateTable('payments')
      .set({ refundDue: true, state: 'paid' })
      .where('id', '=', paymentId)
      .execute();
    names = { orderId, photoId, batchId, paymentId, stationId, accountId, kind: 'standard' };
    const { orderNo } = await only('orders', 'id', orderId);
    marks = [orderId, orderNo, batchId, paymentId, stationId, accountId, own.code, own.name];
    for (const role of STAFF_ROLES) {
      natives.set(role, await addStaffOf(server, [own], role));
      strangers.set(role, await addStaffOf(server, [elsewhere], role));
    }
  });
  afterAll(() => server?.close());

  async function only(
    table: 'orders' | 'payments' | 'stations',
    column: 'id' | 'orderId' | 'schoolId',
    value: string,
  ): Promise<{ id: string; batchId: string; orderNo: string }> {
    const query = db()
      .selectFrom(table as 'orders')
      .selectAll();
    const row = await query.where(column as 'id', '=', value).executeTakeFirstOrThrow();
    return row;
  }

  async function chatOf(order: Awaited<ReturnType<typeof submitPhoto>>): Promise<string> {
    const body = { code: `rights-${randomUUID()}` };
    const session = unwrap(await server.client().call('loginWechat', { body }));
    const client = server.client(`Bearer ${session.accountToken}`);
    const { payload, holder } = order;
    const { ticket } = unwrap(await client.call('resolveCode', { body: { payload } }));
    const lastFour = holder.idNumber.slice(-4);
    unwrap(await client.call('verifyLastFour', { body: { ticket, lastFour } }));
    const params = { messageId: randomUUID() };
    unwrap(await client.call('sendMessage', { params, body: { text: '您好' } }));
    return unwrap(await client.call('getAccount')).accountId;
  }

  async function call(route: RouteDefinition, staff: TestStaff, given: typeof names, body = true) {
    const asked = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
    const fixed: typeof names = { kind: 'standard', schoolCode: given.schoolCode ?? '99999' };
    const params = Object.fromEntries(
      asked.map((name) => [name, given[name] ?? fixed[name] ?? randomUUID()]),
    );
    const fitting = body ? fittingBody(route) : undefined;
    const sent =
      fitting && 'schoolCode' in fitting ? { ...fitting, schoolCode: own.code } : fitting;
    const response = await fetch(url(route, params), {
      method: route.method,
      headers: {
        authorization: staff.authorization,
        ...(sent ? { 'content-type': 'application/json' } : {}),
      },
      ...(sent ? { body: JSON.stringify(sent) } : {}),
    });
    if (route.stream && response.ok) await response.body?.cancel();
    const text = route.stream && response.ok ? '' : await response.text();
    const isFailure = response.status >= 400;
    const code = isFailure ? (JSON.parse(text) as { error: { code: string } }).error.code : 'ok';
    return { code, text };
  }

  function url(route: RouteDefinition, params: typeof names): string {
    const asked: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      listDeskTakings: { from: '2026-01-01', until: '2027-12-31' },
      getCustomerService: { schoolCode: own.code },
      saveCustomerService: { schoolCode: own.code },
    };
    return routeUrl(server.url, route, { params, query: asked[route.id] ?? {} });
  }

  const staffOf = (side: ReadonlyMap<StaffRole, TestStaff>, role: StaffRole) => {
    const found = side.get(role);
    if (!found) throw new Error(`nobody is ${role}`);
    return found;
  };

  test.each(rows.filter(([id]) => id !== 'logoutStaff'))(
    '%s at the own school: open to those with the right alone',
    async (_, route) => {
      for (const role of STAFF_ROLES) {
        // Refused before a body is read, or for the lack of one: nothing is changed.
        const { code } = await call(route, staffOf(natives, role), names, !route.body);
        if (isOpenTo(route, role) && route.school !== 'global')
          expect(code, role).not.toMatch(/^auth/);
        else expect(code, role).toBe('auth.forbidden');
      }
    },
  );

  test.each(rows.filter(([id]) => id !== 'logoutStaff'))(
    '%s at another school: as if there were nothing',
    async (_, route) => {
      for (const role of STAFF_ROLES) {
        const staff = staffOf(strangers, role);
        const { code, text } = await call(route, staff, names);
        for (const mark of marks) expect(text, `${role} reads of ${mark}`).not.toContain(mark);
        if (!isOpenTo(route, role) || route.school === 'global')
          expect(code, role).toBe('auth.forbidden');
        else if (route.school === 'ofOrder') expect(code, role).toBe('order.notFound');
        else if (route.school?.startsWith('of')) expect(code, role).toBe('request.notFound');
        if (route.school?.startsWith('of') && isOpenTo(route, role))
          expect(await nowhere(route, staff), `${role} elsewhere`).toBe(code);
      }
    },
  );

  /** The answer about what exists nowhere; a school that is asked about stays the foreign one. */
  async function nowhere(route: RouteDefinition, staff: TestStaff): Promise<string> {
    return (await call(route, staff, { kind: 'standard' })).code;
  }

  describe('members of staff', () => {
    const saved = (staff: TestStaff, staffId: string, change: object) =>
      staff.client.call('saveStaff', {
        params: { staffId },
        body: {
          ...{ account: `made-${staffId.slice(0, 8)}`, name: '新人', roles: ['agent'] },
          ...{ enabled: true, password: 'a long enough word', ...change },
        },
      });

    test('a school administrator makes them for the own school, with no more than the own rights', async () => {
      const chief = staffOf(natives, 'schoolAdministrator');
      const made = unwrap(await saved(chief, randomUUID(), {}));
      expect(made.schools).toEqual([own.code]);
      for (const change of [
        { schools: null },
        { roles: ['finance'] },
        { roles: ['administrator'] },
      ])
        expect(await saved(chief, randomUUID(), change)).toMatchObject({
          error: { code: 'staff.beyondOwn' },
        });
      expect(await saved(chief, randomUUID(), { schools: [elsewhere.code] })).toMatchObject({
        error: { code: 'request.invalid' },
      });
      const stranger = staffOf(strangers, 'schoolAdministrator');
      expect(await saved(stranger, made.staffId, {})).toMatchObject({
        error: { code: 'request.notFound' },
      });
    });

    test('nobody touches whoever may do more, nor the own standing', async () => {
      const chief = staffOf(natives, 'schoolAdministrator');
      const money = staffOf(natives, 'finance');
      expect(await saved(chief, money.staffId, { account: money.account })).toMatchObject({
        error: { code: 'staff.beyondOwn' },
      });
      const mine = { account: chief.account, roles: ['agent'] };
      expect(await saved(chief, chief.staffId, mine)).toMatchObject({
        error: { code: 'staff.ownRights' },
      });
    });

    test('an administrator has every school', async () => {
      const admin = await addStaffOf(server, null, 'administrator');
      const change = { roles: ['administrator'], schools: [own.code] };
      expect(await saved(admin, randomUUID(), change)).toMatchObject({
        error: { code: 'request.invalid', details: { field: 'schools' } },
      });
    });

    test('whoever is moved to another school starts anew', async () => {
      const admin = await addStaffOf(server, null, 'administrator');
      const moved = await addStaffOf(server, [own], 'agent');
      const { account } = moved;
      const change = { account, schools: [elsewhere.code], password: undefined };
      unwrap(await saved(admin, moved.staffId, change));
      expect(await moved.client.call('getStaff')).toMatchObject({
        error: { code: 'auth.required' },
      });
    });
  });

  test.each(KEPT)('the queue of a %s of another school is empty', async (role) => {
    if (!RIGHTS_OF_ROLE[role].includes('review')) return;
    const { client } = staffOf(strangers, role);
    const claimed = unwrap(await client.call('claimReview', { body: { ahead: false } }));
    expect(claimed).toEqual({ item: null, waiting: 0 });
    const native = staffOf(natives, role).client;
    const { item, waiting } = unwrap(await native.call('claimReview', { body: { ahead: false } }));
    expect(item?.order.orderId ?? waiting).toBe(item ? names.orderId : 0);
  });

  test('customer service is a school’s own, and the agency’s where it has none', async () => {
    const admin = await addStaffOf(server, null, 'administrator');
    const agent = staffOf(natives, 'agent');
    const service = (phone: string) => ({ phone, hours: '9–17', faq: [] });
    unwrap(await admin.client.call('saveCustomerService', { query: {}, body: service('400-1') }));
    const query = { schoolCode: own.code };
    unwrap(await agent.client.call('saveCustomerService', { query, body: service('010-2') }));
    unwrap(await admin.client.call('saveCustomerService', { query: {}, body: service('400-3') }));
    expect(
      await agent.client.call('saveCustomerService', { query: {}, body: service('0') }),
    ).toMatchObject({
      error: { code: 'auth.forbidden' },
    });
    const shown = async (school: School) =>
      unwrap(await admin.client.call('getCustomerService', { query: { schoolCode: school.code } }))
        .phone;
    expect([await shown(own), await shown(elsewhere)]).toEqual(['010-2', '400-3']);
  });
});
