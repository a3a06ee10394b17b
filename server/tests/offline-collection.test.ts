import { randomUUID } from 'node:crypto';
import { CONSOLE_ROUTES, createTableClient } from '@gradshot/contract';
import { type ErrorCode, finderText, lastFourText, type OfflinePayer } from '@gradshot/domain';
import { keyedDigest } from '@gradshot/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { makePhoto } from './support/pictures.ts';
import { addSealingStation } from './support/sealing-station.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const IDS = ['A1234567', 'B1234567', 'C1234567', 'D1234567', 'E1234567', 'F1234567'];
const ROSTER = [
  '学号,姓名,证件号,考生号,学院,专业,班级',
  ...IDS.map((id, i) => `202300${i},张示${i},${id},2311010100000${i},文学院,新闻学,新闻2301`),
].join('\r\n');

describeOnBothDatabases('graduates that a station took offline', (db) => {
  let server: TestServer;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  async function setUp(payer: OfflinePayer | null = 'school') {
    const school = await server.addSchool();
    const { batches } = unwrap(await admin.client.call('listBatches'));
    const batchId = batches.find(({ schoolCode }) => schoolCode === school.code)?.batchId ?? '';
    const importRoster = async (text = ROSTER) => {
      const input = { params: { batchId }, query: { dryRun: 'false' as const } };
      const { authorization } = admin;
      const client = createTableClient(CONSOLE_ROUTES, {
        baseUrl: server.url,
        fetch,
        authorization,
      });
      unwrap(await client.sendBytes('importRoster', { ...input, bytes: Buffer.from(text) }));
    };
    await importRoster();
    const choose = async (chosen: OfflinePayer | null) =>
      unwrap(
        await admin.client.call('saveOfflineCollection', {
          ...{ params: { batchId }, body: { payer: chosen } },
        }),
      );
    await choose(payer);
    const { authorization, stationId } = await server.addStation(school);
    return {
      school,
      batchId,
      importRoster,
      choose,
      stationId,
      client: server.client(authorization),
    };
  }
  type SetUp = Awaited<ReturnType<typeof setUp>>;

  const announced = async ({ client }: SetUp) =>
    unwrap(await client.call('getStationSettings')).offline?.rosterVersion;
  const page = async ({ client }: SetUp, after?: string) =>
    unwrap(
      await client.call('readOfflineRoster', { query: { limit: 4, ...(after ? { after } : {}) } }),
    );

  async function entryOf(at: SetUp, person: number): Promise<string> {
    const first = await page(at);
    const rest = first.next ? await page(at, first.next) : first;
    const finder = keyedDigest(first.key, finderText(`202300${person}`));
    const found = [...first.people, ...rest.people].find((one) => one.finders.includes(finder));
    return found?.entryId ?? '';
  }

  type Changes = { payload?: string; entryId?: string; lastFour?: string; photoId?: string };
  async function visitOf(at: SetUp, person: number, changes: Changes = {}) {
    const idNumber = IDS[person] ?? '';
    const body = {
      entryId: changes.entryId ?? (await entryOf(at, person)),
      lastFour: changes.lastFour ?? idNumber.slice(-4),
      maskedName: '张*',
      photoId: changes.photoId ?? randomUUID(),
      code: { payload: changes.payload ?? server.addCode(at.school, { idNumber }).payload },
      consents: [
        { kind: 'service' as const, version: '2026-11' },
        { kind: 'faceProcessing' as const, version: '2026-11' },
      ],
      consentedAt: new Date(server.now().getTime() - 3_600_000).toISOString(),
    };
    const params = { visitId: randomUUID() };
    const confirm = (over: Partial<typeof body> = {}, of = at.client) =>
      of.call('confirmOfflineVisit', { params, body: { ...body, ...over } });
    return { params, body, confirm };
  }

  const refusal = (code: ErrorCode) => ({ ok: false, error: { code } });

  test('a roster goes out while the school allows it, in pages, and tells as little as it can', async () => {
    const at = await setUp(null);
    expect(await announced(at)).toBeUndefined();
    expect(await at.client.call('readOfflineRoster', { query: { limit: 4 } })).toMatchObject(
      refusal('offline.switchedOff'),
    );
    await at.choose('graduate');
    const first = await page(at);
    const second = await page(at, first.next);
    expect([first.people.length, second.people.length, second.next]).toEqual([4, 2, undefined]);
    expect([first.version, second.version]).toEqual([await announced(at), first.version]);
    expect(first.batches).toMatchObject([{ payer: 'graduate', priceFen: 2500 }]);
    const people = [...first.people, ...second.people];
    expect(new Set(people.map(({ entryId }) => entryId)).size).toBe(6);
    expect(JSON.stringify([first, second])).not.toMatch(/张示|2023000|1234567/);
    const found = (typed: string) =>
      people.filter((one) => one.finders.includes(keyedDigest(first.key, finderText(typed))));
    for (const typed of ['2023001', ' 23110101000001', '张示1'])
      expect(found(typed), typed).toMatchObject([{ studentNumberEnd: '3001' }]);
    const [person] = found('2023001');
    const right = keyedDigest(first.key, lastFourText(person?.entryId ?? '', '4567'));
    expect(person?.lastFour).toBe(right);
    const log = unwrap(
      await admin.client.call('listRosterLog', { params: { batchId: at.batchId } }),
    );
    expect(log.acts[0]).toMatchObject({ act: 'setOfflineCollection' });
    await at.choose(null);
    expect(await announced(at)).toBeUndefined();
  });

  test('its version changes with an import and with who pays, and with nothing else', async () => {
    const at = await setUp();
    const before = await announced(at);
    expect(await announced(at)).toBe(before);
    await at.importRoster(`${ROSTER}\r\n2023009,李新,G1234567,,文学院,新闻学,新闻2301`);
    const imported = await announced(at);
    expect(imported).not.toBe(before);
    await at.choose('graduate');
    expect(await announced(at)).not.toBe(imported);
    const elsewhere = await setUp();
    expect(await announced(elsewhere)).not.toBe(before);
  });

  test('confirmed, the school has paid and the photo goes the ordinary way, once', async () => {
    const at = await setUp();
    const visit = await visitOf(at, 0);
    const confirmed = unwrap(await visit.confirm());
    expect(confirmed).toMatchObject({ standing: 'takes', order: { state: 'pendingCapture' } });
    expect(confirmed.student.maskedName).toBe('张*例');
    // The answer was lost: the code has run out since, and nothing is asked about it again.
    const code = { payload: 'long gone' };
    expect(unwrap(await visit.confirm({ code }))).toEqual(confirmed);
    const params = { orderId: confirmed.order.orderId };
    const { photoId } = visit.body;
    unwrap(await at.client.deliverPhoto({ ...params, photoId, ...(await makePhoto(11)) }));
    unwrap(await at.client.call('handInPhoto', { params, body: { photoId } }));
    expect(unwrap(await visit.confirm())).toMatchObject({ standing: 'takes' });
    const { orderId } = params;
    const payments = db().selectFrom('payments').selectAll().where('orderId', '=', orderId);
    expect(await payments.execute()).toMatchObject([{ method: 'school', state: 'paid' }]);
    const consents = db().selectFrom('consents').selectAll().where('orderId', '=', orderId);
    const given = (await consents.execute()).map(({ givenAt }) => givenAt.toISOString());
    expect(given).toEqual([visit.body.consentedAt, visit.body.consentedAt]);
    const stranger = server.client((await server.addStation(at.school)).authorization);
    expect(await visit.confirm({}, stranger)).toMatchObject(refusal('request.idempotencyMismatch'));
  });

  test('where the graduate pays, the photo waits and who has an account is told', async () => {
    const at = await setUp('graduate');
    const { payload } = server.addCode(at.school, { idNumber: IDS[1] ?? '' });
    const logged = unwrap(await server.client().call('loginWechat', { body: { code: 'one' } }));
    const phone = server.client(`Bearer ${logged.accountToken}`);
    const { ticket } = unwrap(await phone.call('resolveCode', { body: { payload } }));
    unwrap(await phone.call('verifyLastFour', { body: { ticket, lastFour: '4567' } }));
    const visit = await visitOf(at, 1, { payload });
    const confirmed = unwrap(await visit.confirm());
    expect(confirmed).toMatchObject({ standing: 'unpaid', order: { state: 'pendingPayment' } });
    unwrap(await visit.confirm());
    const { notices } = unwrap(await phone.call('listNotices', { query: { limit: 10 } }));
    expect(notices).toMatchObject([{ titleZh: '待支付', orderId: confirmed.order.orderId }]);
    unwrap(await at.client.call('cancelOrder', { params: { orderId: confirmed.order.orderId } }));
    expect(await visit.confirm()).toMatchObject(refusal('offline.orderEnded'));
  });

  test('what does not fit is refused, leaves no order, and may come again with another code', async () => {
    const at = await setUp();
    const visit = await visitOf(at, 2);
    const elsewhere = await server.addSchool();
    const other = (school: School, idNumber: string) => ({
      code: { payload: server.addCode(school, { idNumber }).payload },
    });
    const gone = {
      code: { payload: server.refuseCode({ ok: false, error: { code: 'code.expired' } }) },
    };
    expect(await visit.confirm(gone)).toMatchObject(refusal('code.expired'));
    expect(await visit.confirm(other(at.school, IDS[3] ?? ''))).toMatchObject(
      refusal('offline.otherPerson'),
    );
    expect(await visit.confirm(other(elsewhere, IDS[2] ?? ''))).toMatchObject(
      refusal('eligibility.otherSchool'),
    );
    expect(await visit.confirm({ entryId: randomUUID() })).toMatchObject(
      refusal('offline.notInRoster'),
    );
    expect(await visit.confirm({ lastFour: '0000' })).toMatchObject(
      refusal('eligibility.lastFourWrong'),
    );
    expect(await server.environment.storage.offline.findVisit(visit.params.visitId)).toBe(
      undefined,
    );
    unwrap(await visit.confirm(other(at.school, IDS[2] ?? '')));
  });

  test('five wrong last fours lock the graduate, as anywhere else', async () => {
    const at = await setUp();
    const visit = await visitOf(at, 3);
    for (let i = 0; i < 4; i += 1)
      expect(await visit.confirm({ lastFour: `000${i}` })).toMatchObject(
        refusal('eligibility.lastFourWrong'),
      );
    expect(await visit.confirm({ lastFour: '0009' })).toMatchObject(refusal('eligibility.locked'));
    expect(await visit.confirm()).toMatchObject(refusal('eligibility.locked'));
  });

  test('a photo on a stick is confirmed for the station that took it, and comes once', async () => {
    const at = await setUp();
    const origin = await addSealingStation(server, at.school);
    await origin.register();
    const { body, params } = await visitOf(at, 5);
    const { photoId, ...offline } = body;
    const carried = await origin.seal(await makePhoto(13), {
      ...{ orderId: params.visitId, photoId, offline },
    });
    const bring = () => at.client.handInSealedPhoto(carried);
    expect(unwrap(await bring())).toEqual({ outcome: 'handedIn' });
    expect(unwrap(await bring())).toEqual({ outcome: 'thereAlready' });
    const input = { params, body };
    const told = unwrap(await origin.client.call('confirmOfflineVisit', input));
    expect(told).toMatchObject({ standing: 'takes', order: { state: 'underReview' } });
    const gone = { ...offline, code: { payload: 'long gone' } };
    const other = await origin.seal(await makePhoto(14), { orderId: randomUUID(), offline: gone });
    expect(await at.client.handInSealedPhoto(other)).toMatchObject(refusal('code.unknown'));
  });

  test('who was photographed elsewhere meanwhile keeps that photo', async () => {
    const at = await setUp();
    const graduate = await enterPaid(server, at.school, { idNumber: IDS[4] ?? '' });
    const params = { orderId: graduate.orderId };
    const photoId = randomUUID();
    const other = await server.stationOf(at.school);
    unwrap(await other.deliverPhoto({ ...params, photoId, ...(await makePhoto(12)) }));
    unwrap(await other.call('handInPhoto', { params, body: { photoId } }));
    const visit = await visitOf(at, 4, { payload: graduate.payload });
    expect(await visit.confirm()).toMatchObject(refusal('offline.photographed'));
    expect(unwrap(await other.call('getOrder', { params })).photoId).toBe(photoId);
  });
});
