import type { Db } from '../database/schema.ts';
import type { RosterDraftRepository } from '../ports/rosters/draft-repository.ts';

export function rosterDraftRepository(db: Db): RosterDraftRepository {
  return { ...draftMethods(db), ...portionMethods(db), ...headingMethods(db) };
}

type DraftMethods =
  | 'insert'
  | 'find'
  | 'change'
  | 'delete'
  | 'deleteExpired'
  | 'running'
  | 'claimAbandoned';

function draftMethods(db: Db): Pick<RosterDraftRepository, DraftMethods> {
  return {
    async insert(draft) {
      await db.insertInto('rosterDrafts').values(draft).execute();
    },
    find: (id) => db.selectFrom('rosterDrafts').selectAll().where('id', '=', id).executeTakeFirst(),
    async change(id, from, change) {
      const result = await db
        .updateTable('rosterDrafts')
        .set(change)
        .where('id', '=', id)
        .where('state', 'in', [...from])
        .executeTakeFirst();
      return Number(result.numUpdatedRows) > 0;
    },
    async delete(id) {
      await db.deleteFrom('rosterDrafts').where('id', '=', id).execute();
    },
    async deleteExpired(now) {
      await db
        .deleteFrom('rosterDrafts')
        .where('expiresAt', '<', now)
        .where('state', 'not in', ['importing', 'cancelling'])
        .execute();
    },
    async running(batchId) {
      const row = await db
        .selectFrom('rosterDrafts')
        .select('id')
        .where('batchId', '=', batchId)
        .where('state', 'in', ['importing', 'cancelling'])
        .executeTakeFirst();
      return row?.id;
    },
    claimAbandoned: (now, until) =>
      db
        .updateTable('rosterDrafts')
        .set({ heldUntil: until })
        .where('state', 'in', ['reading', 'importing', 'cancelling'])
        .where('heldUntil', '<', now)
        .returningAll()
        .execute(),
  };
}

type PortionMethods = 'savePortion' | 'portion' | 'portionCounts' | 'forgetPortions';

function portionMethods(db: Db): Pick<RosterDraftRepository, PortionMethods> {
  return {
    async savePortion(portion) {
      await db
        .insertInto('rosterDraftPortions')
        .values(portion)
        .onConflict((conflict) =>
          conflict.columns(['draftId', 'generation', 'position']).doUpdateSet(({ ref }) => ({
            sealed: ref('excluded.sealed'),
            good: ref('excluded.good'),
            bad: ref('excluded.bad'),
            aside: ref('excluded.aside'),
            added: ref('excluded.added'),
            changed: ref('excluded.changed'),
            unchanged: ref('excluded.unchanged'),
          })),
        )
        .execute();
    },
    portion: ({ id, generation }, position) =>
      db
        .selectFrom('rosterDraftPortions')
        .selectAll()
        .where('draftId', '=', id)
        .where('generation', '=', generation)
        .where('position', '=', position)
        .executeTakeFirst(),
    portionCounts: ({ id, generation }) =>
      db
        .selectFrom('rosterDraftPortions')
        .select(['position', 'good', 'bad', 'aside', 'added', 'changed', 'unchanged'])
        .where('draftId', '=', id)
        .where('generation', '=', generation)
        .orderBy('position')
        .execute(),
    async forgetPortions(draftId, generation) {
      const query = db.deleteFrom('rosterDraftPortions').where('draftId', '=', draftId);
      await (generation === null ? query : query.where('generation', '!=', generation)).execute();
    },
  };
}

function headingMethods(db: Db): Pick<RosterDraftRepository, 'headings' | 'saveHeadings'> {
  return {
    headings: (schoolId) =>
      db
        .selectFrom('rosterHeadings')
        .selectAll()
        .where('schoolId', '=', schoolId)
        .executeTakeFirst(),
    async saveHeadings(headings) {
      await db
        .insertInto('rosterHeadings')
        .values(headings)
        .onConflict((conflict) =>
          conflict.column('schoolId').doUpdateSet(({ ref }) => ({
            sealed: ref('excluded.sealed'),
            updatedBy: ref('excluded.updatedBy'),
            updatedAt: ref('excluded.updatedAt'),
          })),
        )
        .execute();
    },
  };
}
