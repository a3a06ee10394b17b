import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tables } from '../database/schema.ts';
import {
  ENDED,
  type ErasureRule,
  IN_REVIEW,
  NO_END,
  type RetentionLimits,
  type RetentionRepository,
  UNFINISHED,
} from '../ports/photos/retention.ts';

export function retentionRepository(db: Db): RetentionRepository {
  return {
    async ordersDue(limits, limit) {
      const rows = await due(db, limits).select('orders.id').distinct().limit(limit).execute();
      return rows.map(({ id }) => id);
    },
    photosDue: (limits, orderId) =>
      due(db, limits)
        .select((eb) => [
          'photos.id as photoId',
          eb
            .case()
            .when(ended(eb, limits))
            .then(sql.lit<ErasureRule>('ended'))
            .when(unfinished(eb, limits))
            .then(sql.lit<ErasureRule>('unfinished'))
            .else(sql.lit<ErasureRule>('discarded'))
            .end()
            .as('rule'),
        ])
        .where('orders.id', '=', orderId)
        .execute(),
    async erase(photoIds, at) {
      await db.deleteFrom('photoComparisons').where('photoId', 'in', photoIds).execute();
      await db.deleteFrom('printSheets').where('photoId', 'in', photoIds).execute();
      await db
        .updateTable('photos')
        .set({ report: sql<string>`null`, onSiteSealed: null, erasedAt: at })
        .where('id', 'in', photoIds)
        .execute();
    },
    async addErasure(erasure) {
      await db.insertInto('photoErasures').values(erasure).execute();
    },
  };
}

function due(db: Db, limits: RetentionLimits) {
  return db
    .selectFrom('photos')
    .innerJoin('orders', 'orders.id', 'photos.orderId')
    .innerJoin('batches', 'batches.id', 'orders.batchId')
    .where('photos.erasedAt', 'is', null)
    .where((eb) => eb.or([ended(eb, limits), unfinished(eb, limits), discarded(eb, limits)]));
}

type Builder = ExpressionBuilder<Tables, 'photos' | 'orders' | 'batches'>;

/** An order's `updatedAt` is the time of its present state. */
function ended(eb: Builder, { endedBefore }: RetentionLimits): Expression<SqlBool> {
  return eb.and([eb('orders.state', 'in', ENDED), eb('orders.updatedAt', '<', endedBefore)]);
}

/** A late change, such as a refund that failed, gives the order its time once more. */
function unfinished(eb: Builder, { endedBefore }: RetentionLimits): Expression<SqlBool> {
  return eb.and([
    eb('orders.state', 'in', UNFINISHED),
    // A batch without an end would keep what nobody comes back to for ever.
    eb.or([eb('batches.closesAt', '<', endedBefore), eb('batches.closesAt', '>=', NO_END)]),
    eb('orders.updatedAt', '<', endedBefore),
  ]);
}

function discarded(eb: Builder, { discardedBefore }: RetentionLimits): Expression<SqlBool> {
  return eb.and([
    eb('photos.discardedAt', '<', discardedBefore),
    eb('orders.photoId', 'is distinct from', eb.ref('photos.id')),
    eb('orders.state', 'not in', IN_REVIEW),
  ]);
}
