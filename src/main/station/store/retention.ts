import { isFinal, isIn, type OrderState } from '@gradshot/domain';
import type { StationTiming } from '../ground/timing.ts';
import type { Database } from './database.ts';
import type { EventLog } from './event-log.ts';
import { forgetRows } from './forgetting.ts';
import type { OrderTable } from './order-table.ts';
import type { Outbox } from './outbox.ts';
import type { PhotoRow, PhotoTable } from './photo-table.ts';
import type { PictureVault } from './picture-vault.ts';
import type { Quarantine } from './quarantine.ts';

export type RetentionParts = {
  readonly database: Database;
  readonly vault: PictureVault;
  readonly orders: OrderTable;
  readonly photos: PhotoTable;
  readonly outbox: Outbox;
  readonly events: EventLog;
  readonly quarantine: Quarantine;
  readonly timing: StationTiming;
};

const ABANDONABLE = ['kept', 'judged', 'arrived'] as const;

/**
 * Deletes pictures that the station has no more use for: delivered ones of settled orders, and
 * shots that nobody handed in; in their time also the rows that tell of them. What waits for delivery
 * is never touched. Returns of how many photos the pictures went.
 *
 * `serverNow`, in milliseconds since 1970, is the server's word. Time is counted by that alone, from
 * the first sweep that finds a photo at its step: the station's own clock may have been years
 * behind when the shot was taken, or a month ahead now.
 */
export async function sweepPictures(parts: RetentionParts, serverNow: number): Promise<number> {
  parts.photos.startAgeing(serverNow);
  const { timing } = parts;
  const { settledRetentionMs, abandonedRetentionMs } = timing;
  const settled = parts.photos
    .keptSince('arrived', serverNow - settledRetentionMs)
    .filter((photo) => isSettled(parts.orders.serverState(photo.orderId)));
  const abandoned = ABANDONABLE.flatMap((step) =>
    parts.photos.keptSince(step, serverNow - abandonedRetentionMs),
  ).filter((photo) => parts.outbox.delivery(photo.shot.photoId) === 'arrived');
  const due = new Map([...settled, ...abandoned].map((photo) => [photo.shot.photoId, photo]));
  if (due.size > 0) await drop(parts, [...due.values()]);
  await sweepQuarantine(parts, serverNow);
  await forgetRows(parts.database, serverNow - timing.rowRetentionMs);
  return due.size;
}

/** By then nobody has come to explain them; in the quarantine they were shown at every self-test. */
async function sweepQuarantine(parts: RetentionParts, serverNow: number): Promise<void> {
  const { quarantine, vault, events, timing } = parts;
  quarantine.startAgeing(serverNow);
  const due = quarantine.keptSince(serverNow - timing.quarantineRetentionMs);
  if (due.length === 0) return;
  await vault.exclusively(async () => {
    for (const file of due) {
      events.record('quarantine.deleted', { file });
      await vault.dropUnused([file]);
      quarantine.remove(file);
    }
  });
}

/** Nothing about the photo will be changed or asked for again. */
function isSettled(state: OrderState | undefined): boolean {
  return state !== undefined && (isIn(state, 'approved') || isFinal(state));
}

async function drop(parts: RetentionParts, due: readonly PhotoRow[]): Promise<void> {
  const { database, vault, photos, orders, events } = parts;
  await vault.exclusively(async () => {
    database.transaction(() => {
      for (const { shot, orderId, step } of due) {
        // A shot that was never handed in must not be gone on with when its picture is gone.
        if (step !== 'arrived') photos.setStep(shot.photoId, 'replaced');
        photos.picturesDeleted(shot.photoId);
        orders.forgetStudent(orderId);
        events.record('pictures.deleted', { photoId: shot.photoId, step });
      }
    })();
    const pictures = due.flatMap((x) => [x.originalSha256, x.standardSha256]);
    await vault.dropUnused(pictures.filter((x) => x !== undefined));
  });
}
