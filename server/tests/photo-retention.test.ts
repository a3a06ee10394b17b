import { randomUUID } from 'node:crypto';
import type { OrderState } from '@gradshot/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepHouse } from '../src/housekeeping.ts';
import type { Environment } from '../src/ports/environment.ts';
import type { OrderRecord } from '../src/ports/order-life/order-repository.ts';
import { NO_END } from '../src/ports/photos/retention.ts';
import type { Batch, School } from '../src/ports/schools/school-repository.ts';
import { createPhotoRetention } from '../src/services/photos/photo-retention.ts';
import { makeReport } from './in-memory/report.ts';
import { addStaff, approve, claim, submitPhoto } from './support/console.ts';
import { describeOnBothDatabases } from './support/databases.ts';
import { makePhoto, sha256 } from './support/pictures.ts';
import { enterPaid, startTestServer, type TestServer, unwrap } from './support/test-server.ts';

const DAY_MS = 86_400_000;
const ERASED = { error: { code: 'photo.erased' } };

describeOnBothDatabases('retention of photos', (db) => {
  let server: TestServer;
  let school: School;
  let seed = 100;
  beforeAll(async () => {
    server = await startTestServer(db());
    school = await server.addSchool();
  });
  afterAll(() => server?.close());

  const ago = (days: number) => new Date(server.now().getTime() - days * DAY_MS);
  /** A new one for each round: what pauses between rounds is no matter of the rules. */
  const eraseDue = (environment: Environment = server.environment) =>
    createPhotoRetention(environment).eraseDue();
  const sweep = (environment: Environment = server.environment) =>
    createPhotoRetention(environment).removeUnusedObjects(new Date(server.now().getTime() + 1000));
  const photoRow = (photoId: string) => server.environment.storage.photos.find(photoId);
  const isErased = async (photoId: string) => (await photoRow(photoId))?.erasedAt != null;
  const has = (sha: string) => server.environment.objects.has(sha);
  const setOrder = (orderId: string, patch: Partial<Pick<OrderRecord, 'state' | 'updatedAt'>>) =>
    db().updateTable('orders').set(patch).where('id', '=', orderId).execute();
  const erasuresOf = (orderId: string) =>
    db().selectFrom('photoErasures').selectAll().where('orderId', '=', orderId).execute();

  /** A paid order with a photo that was not handed in yet. */
  async function drafted(batch: Partial<Batch> = {}) {
    const own = Object.keys(batch).length === 0 ? school : await server.addSchool();
    const graduate = await enterPaid(server, own);
    const client = server.client(graduate.authorization);
    const station = await server.stationOf(own);
    const params = { orderId: graduate.orderId };
    const upload = async () => {
      seed += 1;
      const photo = await makePhoto(seed);
      const photoId = randomUUID();
      unwrap(await station.deliverPhoto({ ...params, photoId, ...photo }));
      return { photoId, ...photo.meta };
    };
    const first = await upload();
    if (own !== school)
      await db().updateTable('batches').set(batch).where('schoolId', '=', own.id).execute();
    return { ...graduate, client, params, upload, ...first };
  }

  async function approved() {
    seed += 1;
    const order = await submitPhoto(server, await server.addSchool(), seed);
    const reviewer = await addStaff(server, 'reviewer', 'agent');
    unwrap(await approve(reviewer, await claim(reviewer)));
    return { ...order, reviewer, ...order.photo.meta };
  }

  /** A print sheet as the server keeps it; returns the address of its object. */
  async function keepSheet(photoId: string): Promise<string> {
    const { storage, objects } = server.environment;
    const bytes = Buffer.from(`sheet of ${photoId}`);
    const madeAt = server.now();
    await storage.photos.announceObjects([sha256(bytes)], madeAt);
    await objects.put(bytes);
    const row = { photoId, layout: '5in', sha256: sha256(bytes), source: 'photo', madeAt } as const;
    await storage.prints.add([row]);
    return row.sha256;
  }

  test('a collected photo is deleted after its time: pictures, sheets, measurements', async () => {
    const order = await approved();
    const { client, params, photoId } = order;
    const { storage } = server.environment;
    await storage.photos.update(photoId, { onSiteSealed: Buffer.from('sealed') });
    const sheet = await keepSheet(photoId);
    await server.environment.storage.rosters.saveComparison({
      photoId,
      referenceSha256: 'r'.repeat(64),
      comparison: null,
      failure: 'imaging.noFace',
      at: server.now(),
    });
    await setOrder(params.orderId, { updatedAt: ago(179) });
    expect(await eraseDue()).toBe(0);
    const { keepUntil } = unwrap(await client.call('getDownloads', { params }));
    const left = new Date(keepUntil).getTime() - server.now().getTime();
    expect(Math.round(left / DAY_MS)).toBe(1);
    await sweep();
    for (const stays of [order.originalSha256, order.standardSha256, sheet])
      expect(await has(stays)).toBe(true);
    const photoErasedAt = async () =>
      unwrap(await client.call('getOrder', { params })).photoErasedAt;
    expect(await photoErasedAt()).toBeUndefined();

    const faces = await server.environment.storage.desk.countFaces('everySchool');
    await setOrder(params.orderId, { updatedAt: ago(181) });
    expect((await photoRow(photoId))?.onSiteSealed).not.toBeNull();
    expect(await eraseDue()).toBe(1);
    expect((await photoRow(photoId))?.onSiteSealed).toBeNull();
    expect(await server.environment.storage.desk.countFaces('everySchool')).toBe(faces - 1);
    expect(await photoErasedAt()).toBe((await photoRow(photoId))?.erasedAt?.toISOString());
    await sweep();
    for (const gone of [order.originalSha256, order.standardSha256, sheet])
      expect(await has(gone)).toBe(false);
    const row = await photoRow(photoId);
    expect(row).toMatchObject({ report: null, accepted: true, uploadedBy: 'station' });
    expect(row?.originalBytes).toBeGreaterThan(0);
    for (const table of ['photoComparisons', 'printSheets'] as const)
      expect(
        await db().selectFrom(table).selectAll().where('photoId', '=', photoId).execute(),
      ).toEqual([]);
    expect(await erasuresOf(params.orderId)).toMatchObject([{ rule: 'ended', photos: 1 }]);
    expect(server.log.some((line) => line.includes('photos erased'))).toBe(true);
    expect(await eraseDue()).toBe(0);
    expect(await erasuresOf(params.orderId)).toHaveLength(1);
  });

  test('afterwards everybody is told what became of it, and records stay', async () => {
    const order = await approved();
    const { client, params, photoId, reviewer } = order;
    unwrap(await client.call('downloadStandard', { params }));
    await setOrder(params.orderId, { state: 'published', updatedAt: ago(181) });
    await eraseDue();
    expect(await client.call('getDownloads', { params })).toMatchObject(ERASED);
    expect(await client.call('downloadStandard', { params })).toMatchObject(ERASED);
    for (const layout of ['5in', '6in', 'a4'] as const)
      expect(await client.call('downloadSheet', { params: { ...params, layout } })).toMatchObject(
        ERASED,
      );
    const photo = { params: { ...params, photoId } };
    expect(await client.call('getStandardPhoto', photo)).toMatchObject(ERASED);
    expect(await client.call('startStandardization', photo)).toMatchObject(ERASED);
    expect(await client.call('getStandardization', photo)).toMatchObject(ERASED);
    for (const kind of ['original', 'standard'] as const)
      expect(
        await reviewer.client.call('getConsolePhoto', { params: { ...params, photoId, kind } }),
      ).toMatchObject(ERASED);
    const answer = await fetch(`${server.url}/v1/orders/${params.orderId}/downloads`, {
      headers: { authorization: order.authorization },
    });
    expect(answer.status).toBe(410);
    const detail = unwrap(await reviewer.client.call('getConsoleOrder', { params }));
    expect(detail.photos).toMatchObject([{ photoId, erasedAt: expect.any(String) }]);
    expect(detail.photos[0]?.report).toBeUndefined();
    expect(detail.accesses.map(({ what }) => what)).toContain('download');
    expect(detail.order.history.length).toBeGreaterThan(3);
    // The same upload again is what it was: known.
    const again = await order.station.deliverPhoto({ ...params, photoId, ...order.photo });
    expect(again).toMatchObject({ ok: true, value: { duplicate: true } });
    expect(await isErased(photoId)).toBe(true);
  });

  test('what was retaken goes earlier, the present photo and all under review stay', async () => {
    const order = await drafted();
    const first = order.photoId;
    unwrap(await order.client.call('retakePhoto', { params: order.params }));
    const second = await order.upload();
    const body = { photoId: second.photoId };
    const discard = (days: number) =>
      db()
        .updateTable('photos')
        .set({ discardedAt: ago(days) })
        .where('id', '=', first)
        .execute();
    await discard(29);
    expect(await eraseDue()).toBe(0);
    unwrap(await order.client.call('handInPhoto', { params: order.params, body }));
    await discard(31);
    expect(await eraseDue()).toBe(0);
    await setOrder(order.params.orderId, { state: 'rejected' });
    expect(await eraseDue()).toBe(1);
    expect(await isErased(first)).toBe(true);
    expect(await isErased(second.photoId)).toBe(false);
    expect(await erasuresOf(order.params.orderId)).toMatchObject([{ rule: 'discarded' }]);
    await sweep();
    expect(await has(order.originalSha256)).toBe(false);
    expect(await has(second.originalSha256)).toBe(true);
  });

  test('an order that never ended: after its batch closed and the same time again, or after its last change', async () => {
    const [open, closed, over, endless] = await Promise.all([
      drafted({ closesAt: ago(-1) }),
      drafted({ opensAt: ago(500), closesAt: ago(179) }),
      drafted({ opensAt: ago(500), closesAt: ago(181) }),
      drafted({ opensAt: ago(500), closesAt: NO_END }),
    ]);
    // Too late for the batch, but not long ago.
    expect(await eraseDue()).toBe(0);
    for (const { params } of [open, closed, over, endless])
      await setOrder(params.orderId, { updatedAt: ago(400) });
    expect(await eraseDue()).toBe(2);
    expect(await isErased(endless.photoId)).toBe(true);
    expect(await isErased(open.photoId)).toBe(false);
    expect(await isErased(closed.photoId)).toBe(false);
    expect(await isErased(over.photoId)).toBe(true);
    expect(await erasuresOf(over.params.orderId)).toMatchObject([{ rule: 'unfinished' }]);
    const { client, params, photoId } = over;
    expect(await client.call('handInPhoto', { params, body: { photoId } })).toMatchObject(ERASED);
    expect(unwrap(await client.call('retakePhoto', { params })).state).toBe('pendingCapture');
    // Its other orders have no more to do with later tests.
    await db()
      .updateTable('photos')
      .set({ erasedAt: server.now() })
      .where('id', 'in', [open.photoId, closed.photoId])
      .execute();
  });

  test('what is still under work is never deleted, however old it is', async () => {
    const open = await drafted({ closesAt: ago(-1) });
    const over = await drafted({ opensAt: ago(900), closesAt: ago(800) });
    const waiting: OrderState[] = [
      'pendingPayment',
      'pendingCapture',
      'pendingStandardization',
      'pendingSubmission',
      'rejected',
      'refunding',
    ];
    const inHands: OrderState[] = ['verifyingIdentity', 'underReview', 'publishing'];
    for (const state of [...waiting, ...inHands]) {
      await setOrder(open.params.orderId, { state, updatedAt: ago(700) });
      expect(await eraseDue()).toBe(0);
    }
    for (const state of inHands) {
      await setOrder(over.params.orderId, { state, updatedAt: ago(700) });
      expect(await eraseDue()).toBe(0);
    }
    const ended: OrderState[] = ['collected', 'published', 'cancelled', 'refunded'];
    for (const state of [...waiting, ...ended]) {
      await setOrder(over.params.orderId, { state, updatedAt: ago(700) });
      expect(await eraseDue()).toBe(1);
      await db()
        .updateTable('photos')
        .set({ erasedAt: null })
        .where('id', '=', over.photoId)
        .execute();
    }
    await setOrder(over.params.orderId, { state: 'published', updatedAt: ago(700) });
    await eraseDue();
  });

  test('an object that another photo uses too stays until the last one goes', async () => {
    const [one, two] = [await drafted(), await drafted()];
    await db()
      .updateTable('photos')
      .set({ originalSha256: one.originalSha256, standardSha256: one.standardSha256 })
      .where('id', '=', two.photoId)
      .execute();
    await setOrder(one.params.orderId, { state: 'refunded', updatedAt: ago(181) });
    expect(await eraseDue()).toBe(1);
    await sweep();
    expect(await has(one.originalSha256)).toBe(true);
    expect(await has(one.standardSha256)).toBe(true);
    await setOrder(two.params.orderId, { state: 'refunded', updatedAt: ago(181) });
    expect(await eraseDue()).toBe(1);
    await sweep();
    expect(await has(one.originalSha256)).toBe(false);
    expect(await has(one.standardSha256)).toBe(false);
  });

  test('a crash between rows and files leaves nothing behind', async () => {
    const order = await drafted();
    await setOrder(order.params.orderId, { state: 'cancelled', updatedAt: ago(181) });
    expect(await eraseDue()).toBe(1);
    const { environment } = server;
    let removed = 0;
    const objects = {
      ...environment.objects,
      async remove(sha: string) {
        if (removed === 1) throw new Error('the power went');
        removed += 1;
        await environment.objects.remove(sha);
      },
    };
    await expect(sweep({ ...environment, objects })).rejects.toThrow('the power went');
    const before = await Promise.all([order.originalSha256, order.standardSha256].map(has));
    expect(before).toContain(true);
    await sweep();
    for (const gone of [order.originalSha256, order.standardSha256])
      expect(await has(gone)).toBe(false);
    expect(await sweep()).toBe(0);
  });

  test('an order that went on since it was found keeps its photo', async () => {
    const order = await drafted();
    const { environment } = server;
    const { storage } = environment;
    const stale = {
      ...storage,
      retention: { ...storage.retention, ordersDue: async () => [order.params.orderId] },
    };
    expect(await eraseDue({ ...environment, storage: stale })).toBe(0);
    expect(await isErased(order.photoId)).toBe(false);
  });

  test('what comes late for an erased photo brings nothing back', async () => {
    const order = await drafted();
    await setOrder(order.params.orderId, { state: 'cancelled', updatedAt: ago(181) });
    await eraseDue();
    const { photos } = server.environment.storage;
    await photos.update(order.photoId, { report: makeReport(1), accepted: true });
    expect((await photoRow(order.photoId))?.report).toBeNull();
    const sheet = await keepSheet(order.photoId);
    await sweep();
    expect(await has(sheet)).toBe(false);
  });

  test('housekeeping does it: rows, then their files, once these are a day old', async () => {
    const order = await drafted();
    await setOrder(order.params.orderId, { state: 'cancelled', updatedAt: ago(181) });
    await keepHouse(server.environment, server.services);
    expect(await isErased(order.photoId)).toBe(true);
    expect(await has(order.originalSha256)).toBe(true);
    server.advance(25 * 3_600_000);
    await keepHouse(server.environment, server.services);
    expect(await has(order.originalSha256)).toBe(false);
    expect(await has(order.standardSha256)).toBe(false);
  });

  test('rounds are bounded, and pause where nothing is left', async () => {
    const orders = [await drafted(), await drafted(), await drafted()];
    const limits = { endedBefore: ago(180), discardedBefore: ago(30) };
    const { retention } = server.environment.storage;
    for (const { params } of orders)
      await setOrder(params.orderId, { state: 'cancelled', updatedAt: ago(181) });
    expect(await retention.ordersDue(limits, 2)).toHaveLength(2);
    const rounds = createPhotoRetention(server.environment);
    expect(await rounds.eraseDue()).toBe(3);
    const late = await drafted();
    await setOrder(late.params.orderId, { state: 'cancelled', updatedAt: ago(181) });
    expect(await rounds.eraseDue()).toBe(0);
    server.advance(61 * 60_000);
    const before = new Date(server.now().getTime() + 1000);
    expect(await rounds.eraseDue()).toBe(1);
    // Both its pictures, and those of the three before.
    expect(await rounds.removeUnusedObjects(before)).toBe(8);
    const left = Buffer.from('left behind');
    await server.environment.storage.photos.announceObjects([sha256(left)], server.now());
    expect(await rounds.removeUnusedObjects(before)).toBe(0);
    server.advance(61 * 60_000);
    expect(await rounds.removeUnusedObjects(before)).toBe(1);
  });

  test('a fault elsewhere in the house does not keep photos', async () => {
    const own = await startTestServer(db());
    const order = await submitPhoto(own, await own.addSchool(), 500);
    // Its clock is not the one that the tests before have advanced.
    const patch = { state: 'cancelled', updatedAt: ago(400) } as const;
    await setOrder(order.orderId, patch);
    const broken = () => Promise.reject(new Error('the merchant’s key cannot be read'));
    const payments = { ...own.services.payments, settleStale: broken };
    await keepHouse(own.environment, { ...own.services, payments });
    expect(await isErased(order.photoId)).toBe(true);
    const told = own.log.filter((line) => line.includes('housekeeping failed'));
    expect(told.map((line) => JSON.parse(line).task)).toEqual(['payments']);
    await own.close();
  });
});
