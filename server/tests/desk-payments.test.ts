import { randomUUID } from 'node:crypto';
import { dayInBeijing, fail, type StationRight } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, refundByTwo, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import {
  enterGraduate,
  giveConsents,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

const DAY_MS = 86_400_000;

describeOnBothDatabases('fees taken at the desk', (db) => {
  let server: TestServer;
  let school: School;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  async function openStation(at = school, ...rights: StationRight[]) {
    const { stationId, authorization } = await server.addStation(at);
    const params = { stationId };
    for (const right of rights) {
      const body = { right, granted: true, reason: '现场收费' };
      unwrap(await admin.client.call('grantStationRight', { params, body }));
    }
    return { stationId, client: server.client(authorization) };
  }
  type Open = Awaited<ReturnType<typeof openStation>>;

  async function enter(at = school) {
    const graduate = await enterGraduate(server, at);
    const client = server.client(graduate.authorization);
    await giveConsents(client, graduate.orderId);
    const params = { orderId: graduate.orderId };
    return { params, client, order: async () => unwrap(await client.call('getOrder', { params })) };
  }
  type Entered = Awaited<ReturnType<typeof enter>>;

  const cash = (
    { client }: Open,
    { params }: Entered,
    receiptNo: string,
    idempotencyKey: string = randomUUID(),
  ) =>
    client.call('recordDeskPayment', {
      ...{ params, body: { method: 'cash', receiptNo, idempotencyKey } },
    });
  const bySchool = ({ client }: Open, { params }: Entered) =>
    client.call('recordDeskPayment', {
      ...{ params, body: { method: 'school', idempotencyKey: randomUUID() } },
    });
  const today = (days = 0) => dayInBeijing(new Date(server.now().getTime() + days * DAY_MS));
  const takingsAt = async ({ stationId }: Open, days = 0) => {
    const query = { from: today(days), until: today(days) };
    const { takings } = unwrap(await admin.client.call('listDeskTakings', { query }));
    return takings.filter((row) => row.stationId === stationId);
  };

  test('each by its right, and the order goes on to the photo', async () => {
    const station = await openStation(school, 'takeCash');
    const graduate = await enter();
    const refused = fail('station.mayNotTakePayment');
    expect(await bySchool(station, graduate)).toEqual(refused);
    expect((await graduate.order()).state).toBe('pendingPayment');
    const key = randomUUID();
    const paid = unwrap(await cash(station, graduate, 'zj 0001', key));
    expect(paid).toMatchObject({ method: 'cash', state: 'paid', amountFen: 2500 });
    expect(unwrap(await cash(station, graduate, 'ZJ0001', key))).toEqual(paid);
    const order = await graduate.order();
    expect(order.state).toBe('pendingCapture');
    expect(order.history).toMatchObject([{ event: 'confirmPayment', by: 'staff' }]);
    const params = { paymentId: paid.paymentId };
    expect(unwrap(await graduate.client.call('getPayment', { params })).state).toBe('paid');
  });

  test('a receipt of a school is for one payment, also when two stations hurry', async () => {
    const [one, two] = [
      await openStation(school, 'takeCash'),
      await openStation(school, 'takeCash'),
    ];
    const [first, second] = [await enter(), await enter()];
    const both = await Promise.all([cash(one, first, 'SZ-7'), cash(two, second, 'SZ-7')]);
    const refused = both.filter((one) => !one.ok);
    expect(refused).toEqual([fail('payment.receiptUsed', { receiptNo: 'SZ-7' })]);
    const states = [(await first.order()).state, (await second.order()).state];
    expect(states.sort()).toEqual(['pendingCapture', 'pendingPayment']);
    const elsewhere = await server.addSchool();
    unwrap(await cash(await openStation(elsewhere, 'takeCash'), await enter(elsewhere), 'SZ-7'));
  });

  test('the open code is closed, and money that arrives all the same is owed back', async () => {
    const station = await openStation(school, 'takeCash');
    const graduate = await enter();
    const { params } = graduate;
    const body = { method: 'native' as const, idempotencyKey: randomUUID() };
    const code = unwrap(await graduate.client.call('createPayment', { params, body }));
    unwrap(await cash(station, graduate, 'SZ-8'));
    const query = { params: { paymentId: code.paymentId } };
    expect(unwrap(await graduate.client.call('getPayment', query)).state).toBe('closed');
    expect(server.pay.pay({ codeUrl: code.codeUrl ?? '' }).paid).toBe(false);
  });

  test('what was taken and given back is told by day, station and kind', async () => {
    const station = await openStation(school, 'takeCash', 'chargeSchool');
    const guests = [await enter(), await enter(), await enter()];
    unwrap(await cash(station, guests[0]!, 'DAY-1'));
    unwrap(await cash(station, guests[1]!, 'DAY-2'));
    unwrap(await bySchool(station, guests[2]!));
    const { orderId } = guests[0]!.params;
    unwrap(await refundByTwo(server, admin, orderId));
    expect((await guests[0]!.order()).state).toBe('refunding');
    const list = unwrap(await admin.client.call('listDueRefunds', { query: {} }));
    const due = list.refunds.find((refund) => refund.orderId === orderId);
    expect(due).toMatchObject({ cause: 'cash', state: 'due', amountFen: 2500 });
    const params = { paymentId: due?.paymentId ?? '' };
    const back = { reason: 'x', idempotencyKey: randomUUID() };
    expect(await admin.client.call('returnDuePayment', { params, body: back })).toEqual(
      fail('payment.cashByHand'),
    );
    const body = { reference: '收据 DAY-1 收回', note: '', idempotencyKey: randomUUID() };
    unwrap(await admin.client.call('noteDuePaymentReturned', { params, body }));
    expect((await guests[0]!.order()).state).toBe('refunded');
    const { stationId } = station;
    expect(await takingsAt(station)).toEqual([
      {
        ...{ day: today(), stationId, station: expect.any(String), school: school.name },
        ...{ method: 'cash', count: 2, amountFen: 5000, returned: 1, returnedFen: 2500 },
      },
      expect.objectContaining({ method: 'school', count: 1, amountFen: 2500, returned: 0 }),
    ]);
    expect(await takingsAt(station, -1)).toEqual([]);
  });

  test('an order in the console shows how it was paid', async () => {
    const station = await openStation(school, 'takeCash', 'chargeSchool');
    const [one, other] = [await enter(), await enter()];
    unwrap(await bySchool(station, one));
    unwrap(await cash(station, other, 'shown-1'));
    const paymentsOf = async ({ params }: Entered) =>
      unwrap(await admin.client.call('getConsoleOrder', { params })).payments;
    expect(await paymentsOf(one)).toMatchObject([
      { method: 'school', state: 'paid', amountFen: 2500 },
    ]);
    expect(await paymentsOf(other)).toMatchObject([{ method: 'cash', receiptNo: 'SHOWN-1' }]);
  });

  test('without the graduate’s consents nothing is taken', async () => {
    const station = await openStation(school, 'takeCash');
    const graduate = await enterGraduate(server, school);
    const entered = { ...(await enter()), params: { orderId: graduate.orderId } };
    expect(await cash(station, entered, 'SZ-9')).toEqual(fail('consent.required', { count: 2 }));
    expect(await cash(station, entered, '#')).toEqual(fail('payment.receiptInvalid'));
  });
});
