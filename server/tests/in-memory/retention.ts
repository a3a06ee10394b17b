import type { OrderRecord } from '../../src/ports/order-life/order-repository.ts';
import type { PhotoRecord } from '../../src/ports/photos/photo-repository.ts';
import {
  ENDED,
  type ErasureRule,
  IN_REVIEW,
  NO_END,
  type RetentionLimits,
  type RetentionRepository,
  UNFINISHED,
} from '../../src/ports/photos/retention.ts';
import type { Batch } from '../../src/ports/schools/school-repository.ts';
import { append, deleteWhere, patch, rowsOf, type Tables } from './tables.ts';

export function inMemoryRetention(tables: Tables): RetentionRepository {
  return {
    async ordersDue(limits, limit) {
      const ids = new Set(due(tables, limits).map(({ photo }) => photo.orderId));
      return [...ids].slice(0, limit);
    },
    photosDue: async (limits, orderId) =>
      due(tables, limits)
        .filter(({ photo }) => photo.orderId === orderId)
        .map(({ photo, rule }) => ({ photoId: photo.id, rule })),
    async erase(photoIds, at) {
      const { photos, photoComparisons, printSheets } = tables;
      deleteWhere(photoComparisons, ({ photoId }) => photoIds.includes(photoId));
      deleteWhere(printSheets, ({ photoId }) => photoIds.includes(photoId));
      for (const id of photoIds)
        patch(photos, id, { report: null, onSiteSealed: null, erasedAt: at });
    },
    addErasure: async (erasure) => append(tables.photoErasures, erasure),
  };
}

type Due = { readonly photo: PhotoRecord; readonly rule: ErasureRule };

function due({ photos, orders, batches }: Tables, limits: RetentionLimits): Due[] {
  return rowsOf(photos, ({ erasedAt }) => erasedAt === null).flatMap((photo) => {
    const order = orders.get(photo.orderId);
    const batch = order && batches.get(order.batchId);
    const rule = batch && ruleFor(photo, order, batch, limits);
    return rule ? [{ photo, rule }] : [];
  });
}

function ruleFor(
  photo: PhotoRecord,
  order: OrderRecord,
  { closesAt }: Batch,
  { endedBefore, discardedBefore }: RetentionLimits,
): ErasureRule | undefined {
  const quiet = order.updatedAt < endedBefore;
  if (ENDED.includes(order.state) && quiet) return 'ended';
  const closed = closesAt < endedBefore || closesAt >= NO_END;
  if (UNFINISHED.includes(order.state) && closed && quiet) return 'unfinished';
  const dropped = photo.discardedAt !== null && photo.discardedAt < discardedBefore;
  const free = order.photoId !== photo.id && !IN_REVIEW.includes(order.state);
  return dropped && free ? 'discarded' : undefined;
}
