import type { Db } from '../database/schema.ts';
import type { OfflineRepository } from '../ports/offline/offline-repository.ts';

const OF_PERSON = [
  'id',
  'batchId',
  'idNumberHash',
  'sealed',
  'maskedName',
  'maskedIdNumber',
  'college',
  'className',
] as const;

export function offlineRepository(db: Db): OfflineRepository {
  return {
    ...settingMethods(db),
    ...visitMethods(db),
    async lastImport(batchIds) {
      if (batchIds.length === 0) return 0;
      const { last } = await db
        .selectFrom('rosterLog')
        .select(({ fn }) => fn.max<number | null>('id').as('last'))
        .where('batchId', 'in', [...batchIds])
        .where('act', 'in', ['importRoster', 'undoImport', 'removePeople', 'movePeople'])
        .executeTakeFirstOrThrow();
      return Number(last ?? 0);
    },
    async page(batchIds, after, limit) {
      if (batchIds.length === 0) return [];
      const query = db
        .selectFrom('rosterEntries')
        .select([...OF_PERSON])
        .where('batchId', 'in', [...batchIds])
        .orderBy('id')
        .limit(limit);
      return (after ? query.where('id', '>', after) : query).execute();
    },
  };
}

function settingMethods(db: Db): Pick<OfflineRepository, 'payerOf' | 'savePayer' | 'payersOf'> {
  return {
    async payerOf(batchId) {
      const row = await db
        .selectFrom('offlineBatches')
        .select('payer')
        .where('batchId', '=', batchId)
        .executeTakeFirst();
      return row?.payer;
    },
    async savePayer(batchId, payer) {
      await db.deleteFrom('offlineBatches').where('batchId', '=', batchId).execute();
      if (payer) await db.insertInto('offlineBatches').values({ batchId, payer }).execute();
    },
    async payersOf(batchIds) {
      if (batchIds.length === 0) return [];
      return db
        .selectFrom('offlineBatches')
        .selectAll()
        .where('batchId', 'in', [...batchIds])
        .orderBy('batchId')
        .execute();
    },
  };
}

function visitMethods(db: Db): Pick<OfflineRepository, 'addRead' | 'findVisit' | 'insertVisit'> {
  return {
    async addRead(read) {
      await db.insertInto('offlineReads').values(read).execute();
    },
    findVisit: (id) =>
      db.selectFrom('offlineVisits').selectAll().where('id', '=', id).executeTakeFirst(),
    async insertVisit(visit) {
      const result = await db
        .insertInto('offlineVisits')
        .values(visit)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) > 0;
    },
  };
}
