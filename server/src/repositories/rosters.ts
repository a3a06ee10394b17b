import type { Db } from '../database/schema.ts';
import type { RosterEntry, RosterRepository } from '../ports/console-repositories.ts';

/** PostgreSQL takes 65,535 parameters a statement; an entry has 11. */
const ROWS_A_STATEMENT = 1000;

export function rosterRepository(db: Db): RosterRepository {
  return {
    async lockBatch(batchId) {
      await db.selectFrom('batches').select('id').where('id', '=', batchId).forUpdate().execute();
    },
    known: (batchId) =>
      db
        .selectFrom('rosterEntries')
        .select(['id', 'idNumberHash', 'studentNumberHash', 'contentHash', 'createdAt'])
        .where('batchId', '=', batchId)
        .execute(),
    async save(entries) {
      for (let start = 0; start < entries.length; start += ROWS_A_STATEMENT)
        await upsert(db, entries.slice(start, start + ROWS_A_STATEMENT));
    },
  };
}

async function upsert(db: Db, entries: readonly RosterEntry[]): Promise<void> {
  await db
    .insertInto('rosterEntries')
    .values([...entries])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        studentNumberHash: ref('excluded.studentNumberHash'),
        contentHash: ref('excluded.contentHash'),
        sealed: ref('excluded.sealed'),
        maskedName: ref('excluded.maskedName'),
        maskedIdNumber: ref('excluded.maskedIdNumber'),
        importedBy: ref('excluded.importedBy'),
        updatedAt: ref('excluded.updatedAt'),
      })),
    )
    .execute();
}
