import { beforeEach, expect, test } from 'vitest';
import {
  batchRow,
  hour,
  orderRow,
  photoRow,
  schoolRow,
  studentRow,
} from '../../../tests/in-memory/rows.ts';
import { createInMemoryStorage, type InMemoryStorage } from '../../../tests/in-memory/storage.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PhotoRecord } from '../../ports/photos/photo-repository.ts';
import { createPhotoRetention, keptUntil, type PhotoRetention } from './photo-retention.ts';

const DAY = 24;
const RETENTION = { endedDays: 180, discardedDays: 30 };

let storage: InMemoryStorage;
let stored: Set<string>;
let now: Date;
let retention: PhotoRetention;
beforeEach(() => {
  storage = createInMemoryStorage();
  stored = new Set();
  now = hour(0);
  const objects = {
    put: async () => '',
    get: async () => undefined,
    has: async (sha256: string) => stored.has(sha256),
    remove: async (sha256: string) => void stored.delete(sha256),
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = () => now;
  retention = createPhotoRetention({ storage, objects, log, clock, retention: RETENTION });
});

async function addPhoto(order: Partial<OrderRecord>, given: Partial<PhotoRecord> = {}) {
  const school = schoolRow();
  const batch = batchRow(school);
  const student = studentRow(school);
  const record = orderRow(student, batch, order);
  const photo = photoRow(record, given);
  await storage.schools.insert(school);
  await storage.schools.insertBatch(batch);
  await storage.students.save(student);
  await storage.orders.insert(record);
  await storage.photos.insert(photo);
  const objects = [photo.originalSha256, photo.standardSha256 ?? ''];
  await storage.photos.announceObjects(objects, hour(0));
  for (const sha256 of objects) stored.add(sha256);
  return photo;
}

const erasedAt = async ({ id }: PhotoRecord) => (await storage.photos.find(id))?.erasedAt ?? null;

test('a photo is kept until the day that its owner is told, and erased after it', async () => {
  const ended = { state: 'collected', updatedAt: hour(0) } as const;
  const photo = await addPhoto(ended);
  now = keptUntil(RETENTION, ended);
  expect(now).toEqual(hour(180 * DAY));
  expect(await retention.eraseDue()).toBe(0);
  now = hour(180 * DAY + 1);
  expect(await retention.eraseDue()).toBe(1);
  expect(await erasedAt(photo)).toEqual(now);
  const counted = [...storage.tables.photoErasures.values()];
  expect(counted).toEqual([{ at: now, orderId: photo.orderId, rule: 'ended', photos: 1 }]);
});

test('what was discarded goes after thirty days; what is under work stays for ever', async () => {
  const open = { state: 'pendingCapture', updatedAt: hour(0) } as const;
  const discarded = await addPhoto(open, { discardedAt: hour(0) });
  const working = await addPhoto({ state: 'underReview' }, { discardedAt: hour(0) });
  now = hour(30 * DAY);
  expect(await retention.eraseDue()).toBe(0);
  now = hour(30 * DAY + 1);
  expect(await retention.eraseDue()).toBe(1);
  now = hour(9999 * DAY);
  await retention.eraseDue();
  expect([await erasedAt(discarded), await erasedAt(working)]).toEqual([hour(30 * DAY + 1), null]);
});

test('files go once no row uses them, and no others', async () => {
  const gone = await addPhoto({ state: 'cancelled' });
  const kept = await addPhoto({ state: 'underReview' });
  now = hour(181 * DAY);
  expect(await retention.removeUnusedObjects(now)).toBe(0);
  await retention.eraseDue();
  expect(await retention.removeUnusedObjects(hour(0))).toBe(0);
  now = hour(181 * DAY + 1);
  expect(await retention.removeUnusedObjects(now)).toBe(2);
  expect([...stored].sort()).toEqual([kept.originalSha256, kept.standardSha256].sort());
  expect(stored.has(gone.originalSha256)).toBe(false);
});

test('an order that went on meanwhile keeps its photo', async () => {
  const photo = await addPhoto({ state: 'rejected', updatedAt: hour(0) });
  const { ordersDue } = storage.retention;
  const racing: InMemoryStorage = {
    ...storage,
    retention: {
      ...storage.retention,
      async ordersDue(limits, limit) {
        const due = await ordersDue(limits, limit);
        await storage.orders.update(photo.orderId, 'rejected', { state: 'underReview' });
        return due;
      },
    },
  };
  now = hour(999 * DAY);
  const objects = {
    put: async () => '',
    get: async () => undefined,
    has: async () => true,
    remove: async () => undefined,
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const needs = { storage: racing, objects, log, clock: () => now, retention: RETENTION };
  expect(await createPhotoRetention(needs).eraseDue()).toBe(0);
  expect(await erasedAt(photo)).toBeNull();
});

test('looks again an hour after there was nothing left to do, and not before', async () => {
  expect(await retention.eraseDue()).toBe(0);
  const photo = await addPhoto({ state: 'collected', updatedAt: hour(-999 * DAY) });
  now = new Date(hour(1).getTime() - 1);
  expect(await retention.eraseDue()).toBe(0);
  expect(await erasedAt(photo)).toBeNull();
  now = hour(1);
  expect(await retention.eraseDue()).toBe(1);
});

test('erases a hundred orders at a time, and goes on at once while there are more', async () => {
  for (let count = 0; count < 150; count += 1)
    await addPhoto({ state: 'collected', updatedAt: hour(-999 * DAY) });
  expect([await retention.eraseDue(), await retention.eraseDue()]).toEqual([100, 50]);
  expect(await retention.eraseDue()).toBe(0);
  now = hour(1);
  // Two files each, twenty-five at a time, twenty times a round.
  expect(await retention.removeUnusedObjects(now)).toBe(300);
  expect(stored.size).toBe(0);
});

test('removes five hundred files at most, and goes on at once', async () => {
  const names = Array.from({ length: 510 }, (_, index) => `object ${index}`);
  await storage.photos.announceObjects(names, hour(-2));
  expect(await retention.removeUnusedObjects(hour(-1))).toBe(500);
  expect(await retention.removeUnusedObjects(hour(-1))).toBe(10);
  expect(storage.tables.storedObjects.size).toBe(0);
});

test('looks for unused files hourly, and at once after photos were erased', async () => {
  expect(await retention.removeUnusedObjects(now)).toBe(0);
  await storage.photos.announceObjects(['left'], hour(-2));
  now = new Date(hour(1).getTime() - 1);
  expect(await retention.removeUnusedObjects(now)).toBe(0);
  now = hour(1);
  expect(await retention.removeUnusedObjects(now)).toBe(1);
  await addPhoto({ state: 'collected', updatedAt: hour(-999 * DAY) });
  expect(await retention.removeUnusedObjects(hour(2))).toBe(0);
  await retention.eraseDue();
  expect(await retention.removeUnusedObjects(hour(2))).toBe(2);
});

test('counts what it erased by its rule, of each order once', async () => {
  const ended = await addPhoto({ state: 'published', updatedAt: hour(-999 * DAY) });
  const second = photoRow({ id: ended.orderId, profileId: ended.profileId } as OrderRecord);
  await storage.photos.insert(second);
  expect(await retention.eraseDue()).toBe(2);
  expect([...storage.tables.photoErasures.values()]).toEqual([
    { at: now, orderId: ended.orderId, rule: 'ended', photos: 2 },
  ]);
});
