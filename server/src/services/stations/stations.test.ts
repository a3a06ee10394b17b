import { randomBytes } from 'node:crypto';
import { stationKeyContext } from '@gradshot/contract';
import { fail } from '@gradshot/domain';
import { sealToKey } from '@gradshot/storage';
import { beforeEach, describe, expect, test } from 'vitest';
import { batchRow, hour, orderRow, schoolRow, studentRow } from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type {
  EnrolmentCode,
  Station,
  StationAct,
  StationRepository,
} from '../../ports/stations/station-repository.ts';
import { tokenHash } from '../../security/tokens.ts';
import { createVault } from '../../security/vault.ts';
import { createAuthentication } from '../access/authentication.ts';
import { createStationKeys } from './station-keys.ts';
import { createStations } from './stations.ts';

const vault = createVault(randomBytes(32));
const school = schoolRow({ code: '10001' });

let storage: InMemoryStorage;
let stations: Map<string, Station>;
let codes: Map<string, EnrolmentCode>;
let acts: StationAct[];
let now: Date;
const logged: string[] = [];

function repository(): StationRepository {
  const byInstallation = async (installationId: string) =>
    [...stations.values()].find((row) => row.installationId === installationId);
  return {
    find: async (id) => stations.get(id),
    lock: async (id) => stations.get(id),
    list: async () => [],
    addAct: async (act) => void acts.push(act),
    acts: async () => [],
    liftsSince: async () => [],
    findByInstallation: byInstallation,
    save: async (station) => void stations.set(station.id, station),
    update: async (id, patch) => void stations.set(id, { ...stations.get(id)!, ...patch }),
    insertCode: async (code) => void codes.set(code.codeHash, code),
    lockCode: async (codeHash) => codes.get(codeHash),
    useCode: async (codeHash, stationId, usedAt) =>
      void codes.set(codeHash, { ...codes.get(codeHash)!, stationId, usedAt }),
  };
}

function open() {
  const log = {
    info: (_facts: object, message: string) => void logged.push(message),
    warn: () => undefined,
    error: () => undefined,
  };
  const rows = { ...storage, stations: repository(), desk: { present: async () => [] } };
  const needs = {
    ...{ clock: () => now, sample: false, vault, log },
    storage: { ...rows, transaction: async (work: (all: unknown) => unknown) => work(rows) },
  } as never;
  return {
    ...createStations(needs),
    register: createStationKeys(needs).register,
    identify: createAuthentication(needs).station,
  };
}

beforeEach(async () => {
  storage = createInMemoryStorage();
  [stations, codes, acts] = [new Map(), new Map(), []];
  now = hour(0);
  logged.length = 0;
  await storage.schools.insert(school);
});

const enrolment = (code: string) => ({ code, name: '一号', installationId: 'i' });
const invalid = fail('station.enrolmentCodeInvalid');

async function enrolled(name = '一号') {
  const { code } = unwrap(await open().issueCode('10001'));
  return unwrap(await open().enrol({ code, name, installationId: 'i' }));
}

const callerOf = (stationId: string) =>
  ({ kind: 'station', stationId, schoolId: school.id }) as const;

describe('an enrolment code', () => {
  test('makes one station of its school, once', async () => {
    const { code, expiresAt } = unwrap(await open().issueCode('10001'));
    expect(expiresAt).toEqual(hour(72));
    expect(JSON.stringify([...codes.values()])).not.toContain(code);
    const made = unwrap(await open().enrol(enrolment(code)));
    expect(made).toMatchObject({ school: school.name });
    expect(stations.get(made.stationId)).toMatchObject({
      ...{ schoolId: school.id, name: '一号', installationId: 'i', enrolledAt: now },
      ...{ disabledAt: null, lastSeenAt: null, sealedKey: null },
      deviceKeyHash: tokenHash(made.deviceKey),
    });
    expect([...codes.values()]).toMatchObject([{ stationId: made.stationId, usedAt: now }]);
    expect(acts).toEqual([
      {
        ...{ stationId: made.stationId, at: now, act: 'enrolled', staffId: null, reason: '' },
        ...{ stationRight: null, studentId: null },
      },
    ]);
    expect(await open().enrol(enrolment(code))).toEqual(invalid);
    expect(stations.size).toBe(1);
  });

  test('serves three days, typed in any way, and for a known school only', async () => {
    expect(await open().issueCode('99999')).toEqual(fail('request.notFound'));
    const { code } = unwrap(await open().issueCode('10001'));
    now = hour(72);
    expect(await open().enrol(enrolment(code))).toEqual(invalid);
    now = new Date(hour(72).getTime() - 1);
    expect(await open().enrol(enrolment('AAAA-AAAA-AAAA'))).toEqual(invalid);
    expect((await open().enrol(enrolment(code.toLowerCase()))).ok).toBe(true);
  });

  test('of a later one replaces the same installation’s key, and opens a disabled one again', async () => {
    const first = await enrolled();
    const sealedKey = randomBytes(9);
    stations.set(first.stationId, {
      ...stations.get(first.stationId)!,
      ...{ disabledAt: now, lastSeenAt: now, parked: 3, sealedKey },
    });
    const second = await enrolled('二号');
    expect(second.stationId).toBe(first.stationId);
    expect(stations.get(first.stationId)).toMatchObject({
      ...{ name: '二号', disabledAt: null, lastSeenAt: null, parked: null, sealedKey },
    });
    const { identify } = open();
    expect(await identify(`${first.stationId}:${first.deviceKey}`)).toEqual(
      fail('station.notEnrolled'),
    );
    expect((await identify(`${second.stationId}:${second.deviceKey}`)).ok).toBe(true);
  });
});

test('a station is known by its key, for as long as it is not disabled', async () => {
  const { stationId, deviceKey } = await enrolled();
  const refused = fail('station.notEnrolled');
  const { identify } = open();
  expect(unwrap(await identify(`${stationId}:${deviceKey}`))).toEqual(callerOf(stationId));
  for (const credentials of [`${stationId}:x`, stationId, '', 'x:y', `${stationId}x:${deviceKey}`])
    expect(await identify(credentials)).toEqual(refused);
  stations.set(stationId, { ...stations.get(stationId)!, disabledAt: now });
  expect(await identify(`${stationId}:${deviceKey}`)).toEqual(refused);
});

test('a heartbeat leaves what it tells, and no more of before', async () => {
  const { stationId } = await enrolled();
  const caller = callerOf(stationId);
  const state = { version: '1', outboxLength: 2, parked: 1, freeBytes: 9, provider: 'cpu' };
  expect(unwrap(await open().heartbeat(caller, state))).toEqual({ serverTime: now.toISOString() });
  expect(stations.get(stationId)).toMatchObject({ ...state, lastSeenAt: now });
  await open().heartbeat(caller, { version: '2', outboxLength: 0, parked: 0 });
  expect(stations.get(stationId)).toMatchObject({
    ...{ version: '2', outboxLength: 0, freeBytes: null, provider: null },
  });
});

test('changes come page by page, of the own school alone', async () => {
  const student = studentRow(school);
  const order = orderRow(student, batchRow(school));
  const change = (sequence: number, photoId: string | null) => ({
    ...{ sequence, orderId: order.id, state: 'underReview', reasons: [], at: now, photoId },
  });
  const asked: unknown[] = [];
  const all = [change(4, null), change(5, 'p'), change(7, null)];
  storage = {
    ...storage,
    orders: {
      ...storage.orders,
      changesAfter: async (schoolId: string, after: number, limit: number) => {
        asked.push([schoolId, after, limit]);
        return all.filter(({ sequence }) => sequence > after).slice(0, limit) as never;
      },
    },
  };
  const caller = callerOf('s');
  const first = await open().changes(caller, { after: 3, limit: 2 });
  expect(first).toMatchObject({ checkpoint: 5, more: true });
  expect(first.changes.map((one) => ('photoId' in one ? one.photoId : 'none'))).toEqual([
    'none',
    'p',
  ]);
  expect(await open().changes(caller, { after: 5, limit: 1 })).toMatchObject({
    ...{ checkpoint: 7, more: false },
  });
  expect(await open().changes(caller, { after: 7, limit: 1 })).toEqual({
    ...{ changes: [], checkpoint: 7, more: false },
  });
  expect(asked[0]).toEqual([school.id, 3, 3]);
});

describe('a station’s key', () => {
  const sealed = (key: Uint8Array, installationId = 'i') =>
    sealToKey(
      Buffer.from(vault.escrow.publicKey, 'base64'),
      key,
      stationKeyContext(installationId),
    );

  test('is taken when it opens here, and kept as it was sealed', async () => {
    const { stationId } = await enrolled();
    const sealedKey = sealed(randomBytes(32));
    expect(unwrap(await open().register(callerOf(stationId), sealedKey))).toEqual({
      keyRegistered: true,
    });
    expect(stations.get(stationId)?.sealedKey).toBe(sealedKey);
    expect(logged).toEqual(['a station entrusted its key']);
  });

  test('is refused when it is another one’s, too short or damaged', async () => {
    const { stationId } = await enrolled();
    const invalidKey = fail('request.invalid', { field: 'sealedKey' });
    for (const bytes of [sealed(randomBytes(32), 'j'), sealed(randomBytes(31)), randomBytes(99)])
      expect(await open().register(callerOf(stationId), bytes)).toEqual(invalidKey);
    expect(stations.get(stationId)?.sealedKey).toBeNull();
    expect(await open().register(callerOf('nobody'), sealed(randomBytes(32)))).toEqual(
      fail('station.notEnrolled'),
    );
  });
});
