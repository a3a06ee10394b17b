import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { errorSentence } from '@gradshot/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from '../../server/src/database/migrate.ts';
import type { Db } from '../../server/src/database/schema.ts';
import type { School } from '../../server/src/ports/schools/school-repository.ts';
import { emptySharedEmbedded } from '../../server/tests/support/embedded-database.ts';
import { makePhoto, type TestPhoto } from '../../server/tests/support/pictures.ts';
import {
  type Enrolled,
  enterPaid,
  startTestServer,
  type TestServer,
  unwrap,
} from '../../server/tests/support/test-server.ts';
import type { Station } from '../../src/main/station/api.ts';
import { createStation } from '../../src/main/station/create-station.ts';
import { createStubEngine } from '../../src/main/station/imaging/tests/stub-engine.ts';
import type { CommandName, CommandPayload, CommandResponse } from '../../src/shared/index.ts';

/**
 * Six graduates hand in at a station without a network. Staff save the photos to a stick, the station
 * is lost, another one brings them in; then the disk of the first one turns up after all.
 */
const GRADUATES = 6;
const PIN = '4711';
const ENOUGH_MS = 120_000;

let db: Db;
let server: TestServer;
let school: School;
let graduates: Enrolled[];
let pictures: TestPhoto[];
let folder: string;
const open: Station[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stick-'));
  db = await emptySharedEmbedded();
  await migrate(db);
  server = await startTestServer(db);
  school = await server.addSchool();
  graduates = [];
  pictures = [];
  for (let index = 0; index < GRADUATES; index += 1) {
    graduates.push(await enterPaid(server, school));
    pictures.push(await makePhoto(100 + index));
  }
});
afterAll(async () => {
  for (const station of open) await station.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let waited = 0; waited < ENOUGH_MS; waited += 50) {
    if (await condition()) return;
    await setTimeout(50);
  }
  throw new Error(`never happened: ${what}`);
}

/** A station on a data folder of its own, on the real server. */
async function openStation(
  name: string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<Station> {
  const issued = unwrap(await server.services.stations.issueCode(school.code));
  const engine = createStubEngine();
  const station = await createStation({
    dataDir: join(folder, name),
    key: Buffer.alloc(32, name),
    version: 'stick',
    imaging: {
      ...engine,
      async standardize(source) {
        const photo = pictures.find(({ original }) => original.equals(source));
        if (!photo) throw new Error('an unknown picture');
        return { report: photo.meta.report, jpeg: new Uint8Array(photo.standard) };
      },
    },
    allowFaults: false,
    log: () => {},
    enrol: { serverUrl: server.url, code: issued.code, name, pin: PIN },
    fetch,
    timing: { diskReserveBytes: 0, backoffBaseMs: 50, backoffCapMs: 500, probeMs: 100 },
  });
  open.push(station);
  await until(() => station.snapshot().station.enrolled, `${name} enrolled`);
  return station;
}

async function must<N extends CommandName>(
  station: Station,
  name: N,
  payload: CommandPayload<N>,
): Promise<CommandResponse<N>> {
  const result = await station.handlers[name](payload as never);
  if (!result.ok) throw new Error(`${name}: ${errorSentence(result.error, 'en')}`);
  return result.value as CommandResponse<N>;
}

async function serve(station: Station, { payload, holder, orderId }: Enrolled, photo: TestPhoto) {
  await must(station, 'session.enter', {});
  await must(station, 'session.submitCode', { payload, source: 'camera' });
  await must(station, 'session.confirmLastFour', { lastFour: holder.idNumber.slice(-4) });
  await must(station, 'session.openOrder', { orderId });
  await must(station, 'session.beginOrder', {});
  await must(station, 'session.toCamera', {});
  const picture = new Uint8Array(photo.original);
  await must(station, 'session.takeShot', { picture, width: 900, height: 1200 });
  await must(station, 'session.keep', {});
  await must(station, 'session.judge', {});
  await must(station, 'session.handIn', {});
  await must(station, 'session.leave', {});
}

/** As if the school's network broke down between looking up a code and every delivery. */
const withoutDeliveries: typeof globalThis.fetch = (input, init) =>
  /\/photos\/|\/hand-in$/.test(String(input))
    ? Promise.reject(new TypeError('fetch failed'))
    : globalThis.fetch(input, init);

async function bringIn(station: Station, file: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const { installationId, photos } = await must(station, 'staff.readPhotoFile', { head: file });
  const outcomes: string[] = [];
  for (const { photoId, originalSha256, standardSha256, from, ...lengths } of photos) {
    const middle = from + lengths.originalBytes;
    const sent = await must(station, 'staff.handInPhoto', {
      ...{ installationId, photoId, originalSha256, standardSha256 },
      original: file.slice(from, middle),
      standard: file.slice(middle, middle + lengths.standardBytes),
    });
    outcomes.push(sent.outcome);
  }
  return outcomes;
}

/** Everything that a second arrival of a photo would add to. */
async function arrived() {
  const photos = await db.selectFrom('photos').selectAll().orderBy('id').execute();
  const events = await db.selectFrom('orderEvents').selectAll().orderBy('id').execute();
  const orders = await db.selectFrom('orders').select('state').execute();
  return { photos, events, states: orders.map(({ state }) => state) };
}

it('brings every photo in once, and nothing twice when the lost station comes back', async () => {
  const lost = await openStation('A', withoutDeliveries);
  const keys = () => db.selectFrom('stations').select(['name', 'sealedKey']).execute();
  await until(async () => (await keys()).some(({ sealedKey }) => sealedKey), 'the key entrusted');
  for (const [index, graduate] of graduates.entries())
    await serve(lost, graduate, pictures[index]!);
  await must(lost, 'staff.unlock', { pin: PIN });
  const part = await must(lost, 'staff.savePhotos', { part: 1 });
  if (part.outcome !== 'given') throw new Error(part.outcome);
  expect(part).toMatchObject({ photos: GRADUATES, more: false, keyRegistered: true });
  await lost.close();
  cpSync(join(folder, 'A'), join(folder, 'disk of A'), { recursive: true });
  rmSync(join(folder, 'A'), { recursive: true });
  expect((await arrived()).photos).toEqual([]);

  const other = await openStation('B');
  await must(other, 'staff.unlock', { pin: PIN });
  const file = new Uint8Array(part.data);
  expect(await bringIn(other, file)).toEqual(Array(GRADUATES).fill('handedIn'));
  const once = await arrived();
  expect(once.states).toEqual(Array(GRADUATES).fill('underReview'));
  expect(once.photos).toHaveLength(GRADUATES);
  expect(once.events.filter(({ event }) => event === 'handIn')).toHaveLength(GRADUATES);
  const [taker] = await db.selectFrom('stations').selectAll().where('name', '=', 'A').execute();
  for (const photo of once.photos) expect(photo.uploaderId).toBe(taker?.id);

  expect(await bringIn(other, file)).toEqual(Array(GRADUATES).fill('thereAlready'));
  expect(await arrived()).toEqual(once);

  cpSync(join(folder, 'disk of A'), join(folder, 'A'), { recursive: true });
  const back = await openStation('A');
  const waiting = () => back.snapshot().connection.outbox + back.snapshot().connection.parked;
  expect(waiting()).toBeGreaterThan(0);
  await until(() => waiting() === 0, 'everything delivered again');
  expect(await arrived()).toEqual(once);
});
