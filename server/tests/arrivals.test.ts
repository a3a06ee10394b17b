import { randomUUID } from 'node:crypto';
import type { ArrivalPlace, Client } from '@gradshot/contract';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keepHouse } from '../src/housekeeping.ts';
import type { School } from '../src/ports/schools/school-repository.ts';
import { submitPhoto } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import {
  type Enrolled,
  enterPaid,
  startTestServer,
  type TestServer,
  unwrap,
} from './support/test-server.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describeOnBothDatabases('到场 by phone', (db) => {
  let server: TestServer;
  let school: School;
  let kiosk: Client;
  let graduate: Enrolled;
  let phone: Client;
  beforeAll(async () => {
    server = await startTestServer(db());
  });
  afterAll(() => server?.close());
  beforeEach(async () => {
    school = await server.addSchool();
    kiosk = await liveStation(school);
    graduate = await enterPaid(server, school);
    phone = server.client(graduate.authorization);
  });

  async function liveStation(of: School): Promise<Client> {
    const client = server.client((await server.addStation(of)).authorization);
    await beat(client);
    return client;
  }
  const beat = async (client: Client) =>
    unwrap(
      await client.call('stationHeartbeat', { body: { version: 't', outboxLength: 0, parked: 0 } }),
    );
  const exchange = async (places: ArrivalPlace[] = [], of = kiosk) =>
    unwrap(await of.call('exchangeArrivals', { body: { places } }));
  const shownCode = async (of = kiosk) => {
    const { qrText } = await exchange([], of);
    expect(qrText).toMatch(new RegExp(`^${server.url}/h5/#/pages/arrival/index\\?code=`));
    return qrText.split('=')[1] ?? '';
  };
  const arrive = (code: string) =>
    phone.call('arriveAtStation', { params: { orderId: graduate.orderId }, body: { code } });
  const arrivalOf = async () =>
    unwrap(await phone.call('getOrder', { params: { orderId: graduate.orderId } })).arrival;

  test('the station hears of it until it has told a number, and the phone sees the place', async () => {
    expect(await arrivalOf()).toBeUndefined();
    const { arrival } = unwrap(await arrive(await shownCode()));
    expect(arrival).toEqual({ station: '一号机', at: expect.any(String) });
    const { arrivals } = await exchange();
    expect(arrivals).toEqual([
      {
        ...{ arrivalId: expect.any(String), orderId: graduate.orderId, maskedName: '张*例' },
        maskedIdNumber: expect.stringMatching(/^1+\*+$/),
        personId: expect.any(String),
      },
    ]);
    expect((await exchange()).arrivals).toEqual(arrivals);
    const arrivalId = arrivals[0]?.arrivalId ?? '';
    const waiting = { arrivalId, number: 'A023', state: 'waiting' as const, ahead: 2 };
    expect((await exchange([waiting])).arrivals).toEqual([]);
    expect(await arrivalOf()).toMatchObject({ number: 'A023', state: 'waiting', ahead: 2 });
    // Scanned once more it is the same number, and the station is not told again.
    unwrap(await arrive(await shownCode()));
    expect((await exchange()).arrivals).toEqual([]);
    expect(await arrivalOf()).toMatchObject({ number: 'A023' });
    await exchange([{ ...waiting, state: 'called', ahead: 0 }]);
    expect(await arrivalOf()).toMatchObject({ state: 'called' });
  });

  test('the phone hears of each change, and not of what it knows', async () => {
    unwrap(await arrive(await shownCode()));
    const heard: unknown[] = [];
    const stop = server.environment.happenings.subscribe((happening) => void heard.push(happening));
    const [person] = (await exchange()).arrivals;
    const place = { number: 'A001', state: 'waiting' as const, ahead: 0 };
    const told = { ...place, arrivalId: person?.arrivalId ?? '' };
    await exchange([told]);
    await exchange([told, { ...place, arrivalId: randomUUID() }]);
    stop();
    const { studentId } = graduate.verified.student;
    expect(heard).toEqual([{ topic: 'order', orderId: graduate.orderId, studentId }]);
  });

  test('a station tells of its own arrivals alone', async () => {
    unwrap(await arrive(await shownCode()));
    const [person] = (await exchange()).arrivals;
    const other = await liveStation(school);
    expect((await exchange([], other)).arrivals).toEqual([]);
    const forged = { number: 'A999', state: 'called' as const, ahead: 0 };
    await exchange([{ ...forged, arrivalId: person?.arrivalId ?? '' }], other);
    expect((await arrivalOf())?.number).toBeUndefined();
  });

  test('a code of before, of another station’s making or of none is refused', async () => {
    const code = await shownCode();
    const [id, minute, mark] = code.split('.');
    const otherId = (await shownCode(await liveStation(school))).split('.')[0];
    const gone = { error: { code: 'arrival.codeExpired' } };
    for (const wrong of [
      'x',
      '..',
      `${id}.${minute}.${mark?.slice(1)}x`,
      `${otherId}.${minute}.${mark}`,
    ])
      expect(await arrive(wrong), wrong).toMatchObject(gone);
    server.advance(5 * MINUTE_MS);
    await beat(kiosk);
    expect(await arrive(code)).toMatchObject(gone);
    unwrap(await arrive(await shownCode()));
  });

  test('another school’s station, a station without a network, and a visit that is done', async () => {
    const elsewhere = await server.addSchool();
    expect(await arrive(await shownCode(await liveStation(elsewhere)))).toMatchObject({
      error: { code: 'arrival.otherSchool', details: { school: elsewhere.name } },
    });
    server.advance(3 * MINUTE_MS);
    expect(await arrive(await shownCode())).toMatchObject({
      error: { code: 'arrival.stationAway' },
    });
    await beat(kiosk);
    const done = await submitPhoto(server, school, 1);
    const submitted = server.client(done.authorization);
    const input = { params: done.params, body: { code: await shownCode() } };
    expect(await submitted.call('arriveAtStation', input)).toMatchObject({
      error: { code: 'arrival.nothingToDo' },
    });
    // Handed in at a station that has not delivered it yet.
    unwrap(await arrive(await shownCode()));
    const [person] = (await exchange()).arrivals;
    const arrivalId = person?.arrivalId ?? '';
    await exchange([{ arrivalId, number: 'A001', state: 'done', ahead: 0 }]);
    expect(await arrive(await shownCode())).toMatchObject({
      error: { code: 'arrival.nothingToDo' },
    });
  });

  test('one person has one id before the stations of a school, and another one before others', async () => {
    unwrap(await arrive(await shownCode()));
    const [person] = (await exchange()).arrivals;
    const body = { payload: graduate.payload };
    const resolved = unwrap(await kiosk.call('resolveCode', { body }));
    expect(resolved.personId).toBe(person?.personId);
    expect(unwrap(await server.client().call('resolveCode', { body })).personId).toBeUndefined();
  });

  test('is forgotten on the next day', async () => {
    unwrap(await arrive(await shownCode()));
    await keepHouse(server.environment, server.services);
    expect(await arrivalOf()).toBeDefined();
    server.advance(DAY_MS);
    expect((await exchange()).arrivals).toEqual([]);
    await keepHouse(server.environment, server.services);
    expect(await db().selectFrom('arrivals').selectAll().execute()).toEqual([]);
  });
});
