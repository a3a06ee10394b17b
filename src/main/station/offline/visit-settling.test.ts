import { randomUUID } from 'node:crypto';
import type { OfflineVisit, RouteOutput } from '@gradshot/contract';
import { buildOrderDetail, buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { orderOf, personOf } from '../session/tests/memory-ports.ts';
import { repairPhotos } from '../store/photo-repair.ts';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import { giveToOrder } from './visit-settling.ts';

const VISIT: OfflineVisit = {
  ...{ code: { payload: 'sealed-enrolment' }, entryId: randomUUID(), lastFour: '1234' },
  ...{ maskedName: '张*明', consents: [{ kind: 'service', version: '1' }] },
  consentedAt: '2026-11-30T01:00:00.000Z',
};
const order = buildOrderDetail({ state: 'pendingCapture' });
const CONFIRMED: RouteOutput<'confirmOfflineVisit'> = {
  ...{ standing: 'takes', order, student: order.student },
};

let rig: StoreRig;
let visitId: string;
beforeEach(async () => {
  rig = await openStoreRig();
  visitId = randomUUID();
  rig.store.offlineVisits.save(visitId, VISIT);
  await takePhoto('p1', visitId);
});
afterEach(() => rig.close());

async function takePhoto(photoId: string, orderId: string): Promise<void> {
  const { store, ledger } = rig;
  const shot = { photoId, width: 4, height: 3, capturedAt: '2026-11-30T01:00:00.000Z' };
  const ofOrder = { ...orderOf('A', 'pendingCapture'), orderId };
  await ledger.keepShot({
    order: ofOrder,
    student: personOf('A'),
    shot,
    picture: fakeJpeg(photoId),
  });
  await ledger.keepStandard(photoId, buildReport(), fakeJpeg(`standard of ${photoId}`));
  // Nothing leaves before 提交, nor is queued.
  if (store.offlineVisits.find(orderId)) expect(store.outbox.delivery(photoId)).toBe('arrived');
  await ledger.handIn(photoId);
}

const orderIds = () => {
  const { database } = rig.store;
  const of = (table: string) =>
    database.prepare(`SELECT DISTINCT order_id FROM ${table}`).pluck().all();
  return [of('photos'), of('outbox')];
};
const labels = async () => {
  const found = await Promise.all(
    (await rig.store.vault.list()).map((x) => rig.store.vault.label(x)),
  );
  return found.flatMap((one) => (one.kind === 'labelled' ? one.photos : []));
};

it('nothing of a visit is due before it is confirmed, and its labels tell the whole of it', async () => {
  expect(rig.store.outbox.due(Number.MAX_SAFE_INTEGER)).toEqual([]);
  expect((await labels()).map(({ offline }) => offline)).toEqual([VISIT, VISIT]);
});

it('the photo becomes the order’s: rows, deliveries and labels, which forget code and last four', async () => {
  expect(await giveToOrder(rig.store, rig.clock, visitId, CONFIRMED)).toMatchObject({ ok: true });
  expect(orderIds()).toEqual([[order.orderId], [order.orderId]]);
  expect(rig.store.offlineVisits.find(visitId)).toBeUndefined();
  expect(rig.store.outbox.due(Number.MAX_SAFE_INTEGER)).toMatchObject([{ kind: 'deliver' }]);
  const told = await labels();
  expect(told.map(({ orderId, offline }) => [orderId, offline])).toEqual([
    [order.orderId, undefined],
    [order.orderId, undefined],
  ]);
});

it('a crash after the labels and before the rows: the repair follows the labels', async () => {
  const { database } = rig.store;
  const transaction = () => () => {
    throw new Error('killed');
  };
  const cut = { ...rig.store, database: { transaction } as unknown as typeof database };
  await expect(giveToOrder(cut, rig.clock, visitId, CONFIRMED)).rejects.toThrow('killed');
  expect(orderIds()).toEqual([[visitId], [visitId]]);
  await repairPhotos(rig.store);
  rig.store.offlineVisits.dropIdle();
  expect(orderIds()).toEqual([[order.orderId], [order.orderId]]);
  expect(rig.store.outbox.due(Number.MAX_SAFE_INTEGER)).toMatchObject([{ kind: 'deliver' }]);
  expect(rig.store.offlineVisits.find(visitId)).toBeUndefined();
});

it('a shot of the order that was made here later stays, and the offline one is a conflict', async () => {
  await takePhoto('p2', order.orderId);
  expect(await giveToOrder(rig.store, rig.clock, visitId, CONFIRMED)).toMatchObject({
    error: { code: 'offline.photographed' },
  });
  expect(rig.store.photos.newest(order.orderId)?.shot.photoId).toBe('p2');
  expect(rig.store.photos.newest(visitId)?.step).toBe('handedIn');
});

it('an earlier one gives way, as to any later shot', async () => {
  const later = randomUUID();
  rig.store.offlineVisits.save(later, { ...VISIT, entryId: randomUUID() });
  await takePhoto('p2', order.orderId);
  visitId = later;
  await takePhoto('p3', later);
  expect(await giveToOrder(rig.store, rig.clock, later, CONFIRMED)).toMatchObject({ ok: true });
  expect(rig.store.photos.find('p2')?.step).toBe('replaced');
  expect(rig.store.photos.newest(order.orderId)?.shot.photoId).toBe('p3');
});

it('of very many visits staff are told the first, what needs them before all others', async () => {
  const { offlineVisits } = rig.store;
  const [unpaid, refused, idle] = [randomUUID(), randomUUID(), randomUUID()];
  const entryIds = new Map([unpaid, refused, idle].map((id) => [id, randomUUID()]));
  for (const [id, entryId] of entryIds) {
    await rig.clock.advance(1000);
    offlineVisits.save(id, { ...VISIT, entryId });
  }
  await takePhoto('p2', unpaid);
  await takePhoto('p3', refused);
  offlineVisits.unpaid(unpaid, randomUUID());
  offlineVisits.refuse(refused, { code: 'offline.otherPerson' });
  const told = (limit: number) => offlineVisits.handedIn(limit).map((row) => row.visitId);
  expect(told(10)).toEqual([refused, unpaid, visitId]);
  expect(told(2)).toEqual([refused, unpaid]);
  expect(offlineVisits.countHandedIn()).toEqual({ all: 3, conflicts: 1 });
  expect(offlineVisits.handedInOf(entryIds.get(unpaid) ?? '')?.visitId).toBe(unpaid);
  expect(offlineVisits.handedInOf(entryIds.get(idle) ?? '')).toBeUndefined();
});
