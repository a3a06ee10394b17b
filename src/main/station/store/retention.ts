import { isFinal, type OrderState } from '@gradshot/domain';
import type { StationTiming } from '../ground/timing.ts';
import type { Database } from './database.ts';
import type { EventLog } from './event-log.ts';
import type { OrderTable } from './order-table.ts';
import type { Outbox } from './outbox.ts';
import type { PhotoRow, PhotoTable } from './photo-table.ts';
import type { PictureVault } from './picture-vault.ts';

export type RetentionParts = {
  readonly database: Database;
  readonly vault: PictureVault;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly events: EventLog;
  readonly timing: StationTiming;
};

/** Nothing about the photo will be changed or asked for again. */
const SETTLED: readonly OrderState[] = ['collected', 'publishing'];

const ABANDONABLE = ['stored', 'refused', 'accepted', 'delivered'] as const;

/**
 * Deletes pictures that the station has no more use for: delivered ones of settled orders, and
 * shots that nobody handed in. What waits for delivery is never touched. Returns how many photos.
 *
 * `serverNow`, in milliseconds since 1970, is the server's word. Time is counted by that alone, from
 * the first sweep that finds a photo in its status: the station's own clock may have been years
 * behind when the shot was taken, or a month ahead now.
 */
export async function sweepPictures(parts: RetentionParts, serverNow: number): Promise<number> {
  parts.photos.startAgeing(serverNow);
  const { settledRetentionMs, abandonedRetentionMs } = parts.timing;
  const settled = parts.photos
    .keptSince('delivered', serverNow - settledRetentionMs)
    .filter((photo) => isSettled(parts.orders.serverState(photo.orderId)));
  const abandoned = ABANDONABLE.flatMap((status) =>
    parts.photos.keptSince(status, serverNow - abandonedRetentionMs),
  ).filter((photo) => parts.outbox.delivery(photo.shot.photoId) === 'delivered');
  const due = new Map([...settled, ...abandoned].map((photo) => [photo.shot.photoId, photo]));
  if (due.size > 0) await drop(parts, [...due.values()]);
  return due.size;
}

function isSettled(state: OrderState | undefined): boolean {
  return state !== undefined && (SETTLED.includes(state) || isFinal(state));
}

async function drop(parts: RetentionParts, due: readonly PhotoRow[]): Promise<void> {
  const { database, vault, photos, orders, events } = parts;
  await vault.exclusively(async () => {
    database.transaction(() => {
      for (const { shot, orderId, status } of due) {
        // A shot that was never handed in must not be gone on with when its picture is gone.
        if (status !== 'delivered') photos.setStatus(shot.photoId, 'superseded');
        photos.picturesDeleted(shot.photoId);
        orders.forgetStudent(orderId);
        events.record('pictures.deleted', { photoId: shot.photoId, status });
      }
    })();
    const pictures = due.flatMap((x) => [x.originalSha256, x.standardSha256]);
    await vault.dropUnused(pictures.filter((x) => x !== undefined));
  });
}
