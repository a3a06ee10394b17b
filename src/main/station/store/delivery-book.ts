import { fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../ground/clock.ts';
import type { DeliverySource, PhotoForUpload } from './delivery-source.ts';
import type { OrderChange } from './order-table.ts';
import type { Delivery } from './outbox.ts';
import { markStep, readPicture } from './photo-ledger.ts';
import type { PhotoRow } from './photo-table.ts';
import type { Store } from './store.ts';

/** The store as the sender sees it: what to send, and what has arrived. */
export function createDeliverySource(
  store: Store,
  clockSkewMs: () => number | undefined,
): DeliverySource {
  const isReplaced = (photoId: string) => store.photos.find(photoId)?.step === 'replaced';
  return {
    isReplaced,
    isOwn: (photoId) => store.photos.find(photoId) !== undefined,
    onSite: (photoId) => store.photos.find(photoId)?.onSite,
    takenAt(photoId) {
      const row = store.photos.find(photoId);
      return row ? Date.parse(row.shot.capturedAt) + (clockSkewMs() ?? 0) : 0;
    },
    async photo(photoId) {
      const row = store.photos.find(photoId);
      if (row?.step === 'replaced') return ok(undefined);
      return row ? photoForUpload(store, row) : fail('photo.unreadable');
    },
  };
}

async function photoForUpload(store: Store, row: PhotoRow): Promise<Result<PhotoForUpload>> {
  const { shot, report, onSite, originalSha256, originalType, standardSha256 } = row;
  const original = await readPicture(store, shot.photoId, 'original');
  const standard = await readPicture(store, shot.photoId, 'standard');
  // Gone or damaged on this disk: repeating helps nothing, staff must know.
  if (!original.ok || !standard.ok || !report || !standardSha256) return fail('photo.unreadable');
  const { capturedAt } = shot;
  const said = onSite ? { onSite } : {};
  const meta = { originalSha256, originalType, standardSha256, capturedAt, report, ...said };
  return ok({ meta, original: original.value, standard: standard.value });
}

/**
 * A success, in one transaction: the row is done, the photo arrived, the order told. The photo's label
 * follows by itself; where it does not get as far, the server is told once more after a loss of the
 * database, which changes nothing there.
 */
export function finishDelivery(
  store: Store,
  delivery: Delivery,
  change: OrderChange | undefined,
  clock: Clock,
): void {
  const { database, outbox, photos, orders, vault, offlineVisits } = store;
  const photo = photos.find(delivery.photoId);
  const arrived = delivery.kind === 'handIn' && photo?.step === 'handedIn';
  database.transaction(() => {
    outbox.done(delivery.id);
    if (arrived) photos.setStep(delivery.photoId, 'arrived');
    if (change) orders.apply(change);
  })();
  if (!arrived) return;
  const marking = () => markStep({ vault, orders, offlineVisits, clock }, photo, 'arrived');
  void vault.exclusively(marking).catch(() => undefined);
}

/** Pulled changes and how far they go, in one transaction. */
export function keepChanges(
  { database, orders }: Store,
  changes: readonly OrderChange[],
  checkpoint: number,
): void {
  database.transaction(() => {
    for (const change of changes) orders.apply(change);
    // Most pulls bring nothing, and every write is waited for until it is on the disk.
    if (checkpoint !== orders.checkpoint()) orders.setCheckpoint(checkpoint);
  })();
}
