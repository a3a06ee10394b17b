import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { School } from '../src/ports/schools/school-repository.ts';
import { addStaff, type TestStaff } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { makePhoto } from './support/pictures.ts';
import { startTestServer, type TestServer, unwrap } from './support/test-server.ts';

describeOnBothDatabases('stations in the console', (db) => {
  let server: TestServer;
  let school: School;
  let admin: TestStaff;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
    admin = await addStaff(server, 'administrator');
  });
  afterAll(() => server?.close());

  const historyOf = async (stationId: string) =>
    unwrap(await admin.client.call('getStationRecord', { params: { stationId } })).history;

  test('a stolen station is disabled, by whom and why is kept, and it may come back', async () => {
    const station = await server.addStation(school);
    const kiosk = server.client(station.authorization);
    const params = { stationId: station.stationId };
    const disable = (reason: string) =>
      admin.client.call('disableStation', { params, body: { reason } });
    unwrap(await kiosk.call('getStationSettings'));
    const disabled = unwrap(await disable('采集点失窃'));
    expect(disabled.disabledAt).toBeDefined();
    const refused = { error: { code: 'station.notEnrolled' } };
    expect(await kiosk.call('getStationSettings')).toMatchObject(refused);
    expect(await kiosk.call('pullChanges', { query: { after: 0 } })).toMatchObject(refused);
    expect(
      await kiosk.deliverPhoto({
        orderId: randomUUID(),
        photoId: randomUUID(),
        ...(await makePhoto(1)),
      }),
    ).toMatchObject(refused);
    // Twice is once.
    expect(unwrap(await disable('再按一次'))).toEqual(disabled);
    const board = unwrap(await admin.client.call('getDashboard', { query: {} }));
    expect(board.stations.map(({ stationId }) => stationId)).not.toContain(station.stationId);

    const { stations } = unwrap(await admin.client.call('listStations'));
    const listed = stations.find(({ stationId }) => stationId === station.stationId);
    expect(listed).toEqual(disabled);
    expect(listed?.school).toBe(school.name);
    expect(await historyOf(station.stationId)).toMatchObject([
      { act: 'disabled', staff: expect.any(String), reason: '采集点失窃' },
      { act: 'enrolled', reason: '' },
    ]);
    const body = { reason: '已找回' };
    const enabled = unwrap(await admin.client.call('enableStation', { params, body }));
    expect(enabled.disabledAt).toBeUndefined();
    const acts = (await historyOf(station.stationId)).map(({ act }) => act);
    expect(acts).toEqual(['enabled', 'disabled', 'enrolled']);
    const unknown = { stationId: randomUUID() };
    expect(await admin.client.call('getStationRecord', { params: unknown })).toMatchObject({
      error: { code: 'request.notFound' },
    });
    unwrap(await kiosk.call('getStationSettings'));
    expect(
      await admin.client.call('disableStation', {
        params: { stationId: randomUUID() },
        body: { reason: 'x' },
      }),
    ).toMatchObject({ error: { code: 'request.notFound' } });
  });

  test('a disabled station that enrols anew is the same one, with another key', async () => {
    const issue = async () =>
      unwrap(await admin.client.call('createEnrolmentCode', { body: { schoolCode: school.code } }));
    const installationId = randomUUID();
    const enrol = async () =>
      unwrap(
        await server.client().call('enrolStation', {
          body: { code: (await issue()).code, name: '三号机', installationId },
        }),
      );
    const { stationId, deviceKey } = await enrol();
    const params = { stationId };
    unwrap(await admin.client.call('disableStation', { params, body: { reason: '换机' } }));
    const again = await enrol();
    expect(again.stationId).toBe(stationId);
    const call = (key: string) =>
      server.client(`Station ${stationId}:${key}`).call('getStationSettings');
    expect(await call(deviceKey)).toMatchObject({ error: { code: 'station.notEnrolled' } });
    unwrap(await call(again.deviceKey));
    const { stations } = unwrap(await admin.client.call('listStations'));
    const listed = stations.find((one) => one.stationId === stationId);
    expect(listed?.disabledAt).toBeUndefined();
    const acts = (await historyOf(stationId)).map(({ act }) => act);
    expect(acts).toEqual(['enrolled', 'disabled', 'enrolled']);
  });

  test('a right is granted and withdrawn with a reason, and goes with the school', async () => {
    const { stationId } = await server.addStation(school);
    const grant = async (granted: boolean, reason: string) =>
      unwrap(
        await admin.client.call('grantStationRight', {
          params: { stationId },
          body: { right: 'liftLock', granted, reason },
        }),
      );
    const granted = await grant(true, '现场值守');
    expect(granted.rights).toEqual(['liftLock']);
    // Twice is once.
    expect(await grant(true, '再按一次')).toEqual(granted);
    const withdrawn = await grant(false, '值守结束');
    expect(withdrawn.rights).toEqual([]);
    expect(await historyOf(stationId)).toMatchObject([
      { act: 'withdrawn', right: 'liftLock', staff: expect.any(String), reason: '值守结束' },
      { act: 'granted', right: 'liftLock', staff: expect.any(String), reason: '现场值守' },
      { act: 'enrolled' },
    ]);
    const params = { stationId: randomUUID() };
    const body = { right: 'liftLock', granted: true, reason: 'x' } as const;
    expect(await admin.client.call('grantStationRight', { params, body })).toMatchObject({
      error: { code: 'request.notFound' },
    });
  });

  test('a station that enrols anew keeps its rights at its school, and has none at another', async () => {
    const elsewhere = await server.addSchool();
    const installationId = randomUUID();
    const enrolAt = async (schoolCode: string) => {
      const code = unwrap(await admin.client.call('createEnrolmentCode', { body: { schoolCode } }));
      const body = { code: code.code, name: '四号机', installationId };
      const enrolled = unwrap(await server.client().call('enrolStation', { body }));
      const kiosk = server.client(`Station ${enrolled.stationId}:${enrolled.deviceKey}`);
      return { ...enrolled, rights: unwrap(await kiosk.call('getStationSettings')).rights };
    };
    const { stationId, rights } = await enrolAt(school.code);
    expect(rights).toEqual([]);
    const body = { right: 'liftLock', granted: true, reason: '现场值守' } as const;
    unwrap(await admin.client.call('grantStationRight', { params: { stationId }, body }));
    expect((await enrolAt(school.code)).rights).toEqual(['liftLock']);
    expect((await enrolAt(elsewhere.code)).rights).toEqual([]);
  });

  test('only administrators see and disable stations', async () => {
    const { stationId } = await server.addStation(school);
    const reviewer = await addStaff(server, 'reviewer');
    const refused = { error: { code: 'auth.forbidden' } };
    const input = { params: { stationId }, body: { reason: 'x' } };
    expect(await reviewer.client.call('listStations')).toMatchObject(refused);
    expect(await reviewer.client.call('disableStation', input)).toMatchObject(refused);
    expect(await reviewer.client.call('enableStation', input)).toMatchObject(refused);
    const body = { right: 'liftLock', granted: true, reason: 'x' } as const;
    const granting = { params: { stationId }, body };
    expect(await reviewer.client.call('grantStationRight', granting)).toMatchObject(refused);
  });
});
