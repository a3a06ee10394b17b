import { setImmediate } from 'node:timers/promises';
import type { Database } from './database.ts';

/** Photos that one transaction forgets, so that a visit's own is never kept waiting by a whole season. */
const AT_ONCE = 100;

/**
 * Deletes what the database remembers of photos whose pictures are gone, counted to be so since
 * before `before`, with their finished deliveries and with orders that have no other photo. Without it
 * every season would make the next start slower. A photo that a delivery waits for stays, and so does
 * the newest shot: the next one's sequence follows it. Returns how many photos.
 */
export async function forgetRows(database: Database, before: number): Promise<number> {
  const rows = statements(database);
  let forgotten = 0;
  for (;;) {
    const due = rows.due.all(before);
    if (due.length === 0) return forgotten;
    database.transaction(() => {
      for (const photo of due) forget(rows, photo);
    })();
    forgotten += due.length;
    await setImmediate();
  }
}

type Due = { readonly photoId: string; readonly orderId: string };

function statements(database: Database) {
  return {
    due: database.prepare<[number], Due>(
      `SELECT photo_id AS photoId, order_id AS orderId FROM photos
       WHERE pictures_deleted_at IS NOT NULL AND aged_from <= ?
       AND sequence < (SELECT max(sequence) FROM photos)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.photo_id = photos.photo_id
         AND state IN ('queued', 'sending', 'parked')) LIMIT ${AT_ONCE}`,
    ),
    deliveries: database.prepare<[string]>('DELETE FROM outbox WHERE photo_id = ?'),
    photo: database.prepare<[string]>('DELETE FROM photos WHERE photo_id = ?'),
    order: database.prepare<[Due]>(
      `DELETE FROM orders WHERE order_id = @orderId
       AND NOT EXISTS (SELECT 1 FROM photos WHERE order_id = @orderId)
       AND NOT EXISTS (SELECT 1 FROM outbox WHERE order_id = @orderId)`,
    ),
  };
}

function forget(rows: ReturnType<typeof statements>, photo: Due): void {
  rows.deliveries.run(photo.photoId);
  rows.photo.run(photo.photoId);
  rows.order.run(photo);
}
