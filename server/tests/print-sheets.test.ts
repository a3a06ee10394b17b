import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fail } from '@gradshot/domain';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portraitFromDependency } from '../../tests/e2e/support/portrait.ts';
import { migrate } from '../src/database/migrate.ts';
import type { Db } from '../src/database/schema.ts';
import { createEngineStandardizer } from '../src/images/engine-standardizer.ts';
import type { PhotoRecord } from '../src/ports/photos/photo-repository.ts';
import type { Standardizer } from '../src/ports/standardization/standardizer.ts';
import { type ApprovedPhoto, createPrintSheets } from '../src/services/downloads/print-sheets.ts';
import { CHSI } from './in-memory/profile.ts';
import { addStaff, approve, claim } from './support/console.ts';
import { emptySharedEmbedded } from './support/embedded-database.ts';
import { sha256 } from './support/pictures.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const MODELS = resolve(import.meta.dirname, '../../resources/models');
const LAYOUTS = ['5in', '6in', 'a4'] as const;

/** Networks are made by the build; without them there is no engine to ask. */
describe.skipIf(!existsSync(`${MODELS}/person-mask.onnx`))('print sheets by the engine', () => {
  let db: Db;
  let server: TestServer;
  let real: Standardizer;
  let order: Awaited<ReturnType<typeof approved>>;
  let renderings = 0;
  /** In place of the engine's own rendering, once. */
  let instead: Standardizer['renderSheets'] | undefined;

  beforeAll(async () => {
    db = await emptySharedEmbedded();
    await migrate(db);
    real = createEngineStandardizer(MODELS, { info() {}, warn() {}, error() {} });
    const standardizer: Standardizer = {
      ...real,
      renderSheets(...input) {
        renderings += 1;
        const work = instead ?? real.renderSheets;
        instead = undefined;
        return work(...input);
      },
    };
    server = await startTestServer(db, { standardizer });
    order = await approved();
  });
  afterAll(async () => {
    await server?.close();
    await real?.close();
  });

  /** A portrait made by the engine at a station, handed in and approved. */
  async function approved() {
    const school = await server.addSchool();
    const graduate = await enterPaid(server, school);
    const station = await server.stationOf(school);
    const client = server.client(graduate.authorization);
    const params = { orderId: graduate.orderId };
    const original = await portraitFromDependency();
    const made = await real.standardize(original, CHSI, () => {}, []);
    if (made.kind !== 'judged' || !made.jpeg) throw new Error('the portrait was not made');
    const photoId = randomUUID();
    const meta = {
      originalSha256: sha256(original),
      originalType: 'image/jpeg' as const,
      standardSha256: sha256(made.jpeg),
      capturedAt: new Date().toISOString(),
      report: made.report,
    };
    unwrap(await station.deliverPhoto({ ...params, photoId, meta, original, standard: made.jpeg }));
    unwrap(await client.call('handInPhoto', { params, body: { photoId } }));
    const reviewer = await addStaff(server, 'reviewer');
    unwrap(await approve(reviewer, await claim(reviewer)));
    const sheet = async (layout: (typeof LAYOUTS)[number]) =>
      unwrap(
        await client.call(
          'downloadSheet',
          { params: { ...params, layout } },
          { timeoutMs: 60_000 },
        ),
      );
    const photo = async () =>
      (await server.environment.storage.photos.find(photoId)) as PhotoRecord & ApprovedPhoto;
    return { photoId, sheet, photo, standard: made.jpeg };
  }

  const forget = () => db.deleteFrom('printSheets').where('photoId', '=', order.photoId).execute();
  const kept = () =>
    db.selectFrom('printSheets').selectAll().where('photoId', '=', order.photoId).execute();
  const fromPhoto = async (layout: (typeof LAYOUTS)[number]) =>
    server.environment.sheets.make(layout, {
      standard: order.standard,
      profile: CHSI,
      faceCentreX: (await order.photo()).report?.geometry?.faceCentreX ?? 240,
    });

  test('are cut from the original once, whoever clicks how often, and show the approved photo', async () => {
    renderings = 0;
    const [first, again, large] = await Promise.all([
      order.sheet('5in'),
      order.sheet('5in'),
      order.sheet('a4'),
    ]);
    expect(renderings).toBe(1);
    expect(Buffer.from(again).equals(Buffer.from(first))).toBe(true);
    expect(await sharp(large).metadata()).toMatchObject({
      width: 3508,
      height: 2479,
      density: 300,
    });
    expect((await kept()).map(({ source }) => source)).toEqual(['cutOut', 'cutOut', 'cutOut']);
    const plain = await fromPhoto('5in');
    expect(Buffer.from(first).equals(Buffer.from(plain))).toBe(false);
    expect(await meanDifference(first, plain)).toBeLessThan(6);
    const later = await order.sheet('5in');
    expect(Buffer.from(later).equals(Buffer.from(first))).toBe(true);
    expect(renderings).toBe(1);
  });

  test('another engine, network or profile since: cut from the approved photo itself', async () => {
    for (const change of [
      { engineVersion: '0.9.0+00000000' },
      { models: { matte: 'another' } },
      { profile: { id: CHSI.id, version: CHSI.version + 1 } },
    ]) {
      await forget();
      const { report } = await order.photo();
      if (!report) throw new Error('no report');
      await server.environment.storage.photos.update(order.photoId, {
        report: { ...report, ...change },
      });
      const sheet = await order.sheet('6in');
      await server.environment.storage.photos.update(order.photoId, { report });
      expect(Buffer.from(sheet).equals(Buffer.from(await fromPhoto('6in')))).toBe(true);
      expect((await kept()).map(({ source }) => source)).toEqual(['photo', 'photo', 'photo']);
    }
  });

  test('while the engine is away the photo is cut, and the engine asked again next time', async () => {
    await forget();
    instead = async () => fail('imaging.crashed');
    expect(Buffer.from(await order.sheet('5in')).equals(await buffer(fromPhoto('5in')))).toBe(true);
    expect(await kept()).toEqual([]);
    await order.sheet('5in');
    expect((await kept())[0]?.source).toBe('cutOut');
  });

  test('nobody waits for an engine that is busy for long; what it makes is kept all the same', async () => {
    await forget();
    let finish: () => void = () => {};
    const busy = new Promise<void>((resolve) => {
      finish = resolve;
    });
    instead = async (...input) => {
      await busy;
      return real.renderSheets(...input);
    };
    const prints = createPrintSheets(server.environment, 20);
    const photo = await order.photo();
    const first = await prints.get(photo, order.standard, '5in');
    expect(Buffer.from(first).equals(await buffer(fromPhoto('5in')))).toBe(true);
    finish();
    await expect.poll(async () => (await kept()).length, { timeout: 60_000 }).toBe(3);
  });
});

const buffer = async (bytes: Promise<Uint8Array>) => Buffer.from(await bytes);

async function meanDifference(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [one, other] = [await sharp(a).raw().toBuffer(), await sharp(b).raw().toBuffer()];
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += Math.abs((one[i] ?? 0) - (other[i] ?? 0));
  return sum / one.length;
}
