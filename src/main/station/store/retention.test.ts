import { join } from 'node:path';
import type { OrderState } from '@gradshot/domain';
import { createFileObjectStore } from '@gradshot/storage';
import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { finishDelivery } from './delivery-book.ts';
import { sweepPictures } from './retention.ts';
import { openStoreRig, STORE_KEY, type StoreRig } from './tests/store-rig.ts';

const HOUR = 3_600_000;
const timing = {
  ...DEFAULT_TIMING,
  settledRetentionMs: 2 * HOUR,
  abandonedRetentionMs: 5 * HOUR,
  rowRetentionMs: 6 * HOUR,
};

let rig: StoreRig;
/** What has passed by the server's clock, which alone counts; the station's stands still. */
let passed = 0;
beforeEach(async () => {
  rig = await openStoreRig();
  passed = 0;
});
afterEach(() => rig.close());

const sweep = () => sweepPictures({ ...rig.store, timing }, rig.clock.trueNow() + passed);
const pass = (ms: number) => {
  passed += ms;
};

async function handedIn(photoId: string): Promise<void> {
  await rig.keep(photoId);
  await rig.ledger.keepStandard(photoId, buildReport(), fakeJpeg(`s${photoId}`));
  await rig.ledger.handIn(photoId);
}

function deliver(state: OrderState): void {
  const change = { orderId: 'order<A>', state, reasons: [], at: '2026-11-23T02:00:00.000Z' };
  for (let i = 0; i < 2; i++) {
    const [due] = rig.store.outbox.due(rig.clock.now());
    if (due) finishDelivery(rig.store, due, change, rig.clock);
  }
}

it('keeps what waits for delivery, however long', async () => {
  await handedIn('p1');
  await sweep();
  pass(10 * HOUR);
  expect(await sweep()).toBe(0);
  expect((await rig.ledger.original('p1')).ok).toBe(true);
});

it('keeps a delivered photo while it is under review', async () => {
  await handedIn('p1');
  deliver('underReview');
  await sweep();
  pass(3 * HOUR);
  expect(await sweep()).toBe(0);
});

it('deletes a delivered photo, and the person’s name, when the order is settled', async () => {
  await handedIn('p1');
  deliver('collected');
  expect(await sweep()).toBe(0);
  pass(3 * HOUR);
  expect(await sweep()).toBe(1);
  expect(await sweep()).toBe(0);
  expect(await rig.ledger.original('p1')).toMatchObject({ error: { code: 'photo.notFound' } });
  expect(rig.ledger.current('order<A>')).toMatchObject({ step: 'arrived' });
  const names = rig.store.database.prepare('SELECT student_sealed FROM orders').pluck().all();
  expect(names).toEqual([null]);
});

it('deletes a shot that nobody handed in', async () => {
  await rig.keep('p1');
  await sweep();
  pass(4 * HOUR);
  expect(await sweep()).toBe(0);
  pass(2 * HOUR);
  expect(await sweep()).toBe(1);
  expect(rig.ledger.current('order<A>')).toBeUndefined();
});

it('counts anew when somebody goes on with a shot', async () => {
  await rig.keep('p1');
  await sweep();
  pass(4 * HOUR);
  await rig.ledger.keepStandard('p1', buildReport({ accepted: false }), undefined);
  await sweep();
  pass(4 * HOUR);
  expect(await sweep()).toBe(0);
});

it('deletes to the millisecond, files and all, and says of what', async () => {
  await handedIn('p1');
  deliver('collected');
  await rig.keep('p2', 'B');
  const start = rig.clock.trueNow();
  const at = (ms: number) => sweepPictures({ ...rig.store, timing }, start + ms);
  expect(await at(0)).toBe(0);
  expect(await at(2 * HOUR - 1)).toBe(0);
  expect(await rig.store.vault.list()).toHaveLength(3);
  expect(await at(2 * HOUR)).toBe(1);
  expect(await rig.store.vault.list()).toHaveLength(1);
  expect(rig.store.events.latest(1)).toMatchObject([
    { kind: 'pictures.deleted', facts: { photoId: 'p1', step: 'arrived' } },
  ]);
  expect(rig.store.photos.find('p1')).toMatchObject({ step: 'arrived', picturesDeleted: true });
  expect(await at(5 * HOUR - 1)).toBe(0);
  expect(await at(5 * HOUR)).toBe(1);
  expect(await rig.store.vault.list()).toEqual([]);
  expect(rig.store.photos.find('p2')?.step).toBe('replaced');
  const names = rig.store.database.prepare('SELECT student_sealed FROM orders').pluck().all();
  expect(names).toEqual([null, null]);
});

it.each<[OrderState, boolean]>([
  ['cancelled', true],
  ['refunded', true],
  ['published', true],
  ['refunding', false],
  ['rejected', false],
  ['pendingCapture', false],
])('an order that is %s is settled: %s', async (state, isSettled) => {
  await handedIn('p1');
  deliver(state);
  await sweep();
  pass(2 * HOUR);
  expect(await sweep()).toBe(isSettled ? 1 : 0);
});

it('a photo that arrived stays no longer than one that was left, whatever its order waits for', async () => {
  await handedIn('p1');
  deliver('underReview');
  await sweep();
  pass(5 * HOUR);
  expect(await sweep()).toBe(1);
});

it('a standard photo that nobody handed in goes once it is delivered, and no sooner', async () => {
  await rig.keep('p1');
  await rig.ledger.keepStandard('p1', buildReport(), fakeJpeg('sp1'));
  const due = rig.store.outbox.due(rig.clock.now())[0]!;
  rig.store.outbox.sending(due.id);
  rig.store.outbox.park(due.id, { code: 'order.notFound' });
  await sweep();
  pass(6 * HOUR);
  expect(await sweep()).toBe(0);
  rig.store.outbox.done(due.id);
  expect(await sweep()).toBe(1);
  expect(rig.store.photos.find('p1')?.step).toBe('replaced');
  expect(await rig.store.vault.list()).toEqual([]);
});

it('leaves the picture that another photo shares', async () => {
  await rig.keep('p1', 'A', 'same');
  await sweep();
  pass(4 * HOUR);
  await rig.keep('p2', 'B', 'same');
  pass(HOUR);
  expect(await sweep()).toBe(1);
  expect((await rig.ledger.original('p2')).ok).toBe(true);
});

it('deletes what nothing explains in its own time, and writes that down', async () => {
  const { quarantine, vault, events } = rig.store;
  const objects = createFileObjectStore(join(rig.dir, 'pictures'), STORE_KEY);
  const strange = await objects.put(Buffer.from('?'));
  quarantine.replaceAll(new Map([[strange, 'unlabelled']]));
  await sweep();
  pass(timing.quarantineRetentionMs - 1);
  await sweep();
  expect(await vault.has(strange)).toBe(true);
  pass(1);
  await sweep();
  expect(await vault.list()).toEqual([]);
  expect(quarantine.count()).toBe(0);
  const deleted = { kind: 'quarantine.deleted', facts: { file: strange } };
  expect(events.latest(9)).toMatchObject([deleted]);
  await sweep();
  expect(events.latest(9)).toHaveLength(1);
});

const rows = (table: 'orders' | 'photos' | 'outbox') =>
  rig.store.database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

it('forgets in their time what it knew of photos whose pictures are gone', async () => {
  await handedIn('p1');
  deliver('collected');
  await rig.keep('p2', 'B');
  await sweep();
  pass(3 * HOUR);
  expect(await sweep()).toBe(1);
  await sweep();
  pass(5 * HOUR);
  await sweep();
  expect([rows('orders'), rows('photos'), rows('outbox')]).toEqual([2, 2, 2]);
  pass(1 * HOUR);
  await sweep();
  expect([rows('orders'), rows('photos'), rows('outbox')]).toEqual([1, 1, 0]);
  expect(rig.store.photos.find('p2')).toBeDefined();
});

it('never forgets a photo that a delivery waits for, nor the newest shot', async () => {
  await handedIn('p1');
  await rig.keep('p2', 'B');
  for (const photoId of ['p1', 'p2']) rig.store.photos.picturesDeleted(photoId);
  await sweep();
  pass(7 * HOUR);
  await sweep();
  expect([rows('photos'), rows('outbox')]).toEqual([2, 2]);
  expect(rig.store.photos.nextSequence()).toBe(3);
});

it('forgets a season in pieces', async () => {
  const { database, orders, photos } = rig.store;
  // As if they had been kept one by one, and erased; their pictures are of no matter here.
  database.transaction(() => {
    for (let sequence = 1; sequence <= 250; sequence++) {
      const [orderId, photoId] = [`o${sequence}`, `p${sequence}`];
      orders.rebuild(orderId, orderId);
      const shot = { photoId, width: 4, height: 3, capturedAt: '2026-11-23T01:00:00.000Z' };
      photos.insert({
        ...{ orderId, sequence, shot },
        ...{ originalSha256: photoId, originalType: 'image/jpeg' },
      });
      photos.picturesDeleted(photoId);
    }
  })();
  await sweep();
  pass(6 * HOUR);
  await sweep();
  expect([rows('orders'), rows('photos')]).toEqual([1, 1]);
});

it.each([[-1000], [1000]])('counts nothing by a clock that is set by %i hours', async (hours) => {
  await rig.keep('p1');
  await sweep();
  rig.clock.shift(hours * HOUR);
  expect(await sweep()).toBe(0);
  await rig.keep('p2', 'B');
  await sweep();
  rig.clock.shift(-hours * HOUR);
  pass(4 * HOUR);
  expect(await sweep()).toBe(0);
  pass(2 * HOUR);
  expect(await sweep()).toBe(2);
});
