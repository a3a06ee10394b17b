import type { Db } from '../database/schema.ts';
import type { ImportChange, RosterImportRepository } from '../ports/rosters/import-repository.ts';

export function rosterImportRepository(db: Db): RosterImportRepository {
  return {
    async insert(record) {
      await db.insertInto('rosterImports').values(record).execute();
    },
    find: (id) =>
      db.selectFrom('rosterImports').selectAll().where('id', '=', id).executeTakeFirst(),
    async change(id, from, change) {
      const result = await db
        .updateTable('rosterImports')
        .set(change)
        .where('id', '=', id)
        .where('state', 'in', [...from])
        .executeTakeFirst();
      return Number(result.numUpdatedRows) > 0;
    },
    list: (batchId, limit) =>
      db
        .selectFrom('rosterImports')
        .innerJoin('staffMembers', 'staffMembers.id', 'rosterImports.staffId')
        .leftJoin('staffMembers as undoer', 'undoer.id', 'rosterImports.undoneBy')
        .selectAll('rosterImports')
        .select(['staffMembers.name as by', 'undoer.name as undoneByName'])
        .where('rosterImports.batchId', '=', batchId)
        .where('rosterImports.state', '!=', 'running')
        .orderBy('rosterImports.at', 'desc')
        .orderBy('rosterImports.id')
        .limit(limit)
        .execute(),
    async delete(id) {
      await db.deleteFrom('rosterImports').where('id', '=', id).execute();
    },
    ...changeMethods(db),
  };
}

type ChangeMethods = 'addChanges' | 'countChanges' | 'changes' | 'forgetChanges';

function changeMethods(db: Db): Pick<RosterImportRepository, ChangeMethods> {
  return {
    async addChanges(changes) {
      if (changes.length === 0) return;
      await db
        .insertInto('rosterImportChanges')
        .values(changes.map((change) => ({ ...change, before: JSON.stringify(change.before) })))
        .onConflict((conflict) => conflict.columns(['importId', 'entryId']).doNothing())
        .execute();
    },
    async countChanges(importId) {
      const rows = await db
        .selectFrom('rosterImportChanges')
        .select(({ fn }) => ['kind', fn.countAll<number>().as('count')])
        .where('importId', '=', importId)
        .groupBy('kind')
        .execute();
      const of = (kind: ImportChange['kind']) =>
        Number(rows.find((row) => row.kind === kind)?.count ?? 0);
      return { added: of('added'), changed: of('changed') };
    },
    async changes(importId, kind, after, limit) {
      const query = db
        .selectFrom('rosterImportChanges')
        .selectAll()
        .where('importId', '=', importId)
        .where('kind', '=', kind)
        .orderBy('entryId')
        .limit(limit);
      return (after ? query.where('entryId', '>', after) : query).execute();
    },
    async forgetChanges(importId, entryIds) {
      if (entryIds.length === 0) return;
      await db
        .deleteFrom('rosterImportChanges')
        .where('importId', '=', importId)
        .where('entryId', 'in', [...entryIds])
        .execute();
    },
  };
}
