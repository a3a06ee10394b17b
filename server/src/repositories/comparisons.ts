import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { RosterRepository } from '../ports/rosters/roster-repository.ts';

type Methods =
  | 'findComparison'
  | 'saveComparison'
  | 'uncompared'
  | 'identityBands'
  | 'saveIdentityBands'
  | 'forgetOpenComparisons';

export function comparisonMethods(db: Db): Pick<RosterRepository, Methods> {
  return {
    ...bandMethods(db),
    findComparison: (photoId, referenceSha256) =>
      db
        .selectFrom('photoComparisons')
        .selectAll()
        .where('photoId', '=', photoId)
        .where('referenceSha256', '=', referenceSha256)
        .executeTakeFirst(),
    async saveComparison({ comparison, ...record }) {
      const result = { ...record, comparison: JSON.stringify(comparison) };
      const { photoId: _photo, referenceSha256: _reference, ...changing } = result;
      await db
        .insertInto('photoComparisons')
        .values(result)
        .onConflict((conflict) =>
          conflict.columns(['photoId', 'referenceSha256']).doUpdateSet(changing),
        )
        .execute();
    },
    async uncompared(limit) {
      const rows = await db
        .selectFrom('orders')
        .innerJoin('students', 'students.id', 'orders.studentId')
        .innerJoin('rosterEntries', (join) =>
          join
            .onRef('rosterEntries.batchId', '=', 'orders.batchId')
            .onRef('rosterEntries.idNumberHash', '=', 'students.idNumberHash'),
        )
        .innerJoin('rosterPhotos', 'rosterPhotos.entryId', 'rosterEntries.id')
        .select('orders.photoId')
        .where('orders.state', '=', 'underReview')
        .where('orders.photoId', 'is not', null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('photoComparisons')
                .select(sql`1`.as('one'))
                .whereRef('photoComparisons.photoId', '=', 'orders.photoId')
                .whereRef('photoComparisons.referenceSha256', '=', 'rosterPhotos.sha256'),
            ),
          ),
        )
        .orderBy('orders.updatedAt')
        .limit(limit)
        .execute();
      return rows.flatMap(({ photoId }) => photoId ?? []);
    },
  };
}

function bandMethods(
  db: Db,
): Pick<RosterRepository, 'identityBands' | 'saveIdentityBands' | 'forgetOpenComparisons'> {
  return {
    identityBands: (batchId) =>
      db
        .selectFrom('identityBands')
        .select(['mismatchBelow', 'similarFrom'])
        .where('batchId', '=', batchId)
        .executeTakeFirst(),
    async saveIdentityBands(batchId, bands) {
      await db.deleteFrom('identityBands').where('batchId', '=', batchId).execute();
      if (bands)
        await db
          .insertInto('identityBands')
          .values({ batchId, ...bands })
          .execute();
    },
    async forgetOpenComparisons(batchId) {
      await db
        .deleteFrom('photoComparisons')
        .where('photoId', 'in', (eb) =>
          eb
            .selectFrom('orders')
            .select('orders.photoId')
            .where('orders.batchId', '=', batchId)
            .where('orders.state', '=', 'underReview')
            .where('orders.photoId', 'is not', null)
            .$narrowType<{ photoId: string }>(),
        )
        .execute();
    },
  };
}
