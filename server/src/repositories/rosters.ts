import { statesIn } from '@gradshot/domain';
import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type {
  RosterEntry,
  RosterPhoto,
  RosterRepository,
} from '../ports/rosters/roster-repository.ts';
import { comparisonMethods } from './comparisons.ts';
import { progressMethods } from './roster-progress.ts';

/** PostgreSQL takes 65,535 parameters a statement; an entry has 16. */
const ROWS_A_STATEMENT = 1000;

export function rosterRepository(db: Db): RosterRepository {
  return {
    async lockBatch(batchId) {
      await db.selectFrom('batches').select('id').where('id', '=', batchId).forUpdate().execute();
    },
    known: (batchId) =>
      db
        .selectFrom('rosterEntries')
        .select(['id', 'idNumberHash', 'studentNumberHash', 'examineeNumberHash', 'sealed'])
        .where('batchId', '=', batchId)
        .execute(),
    async save(entries) {
      for (let start = 0; start < entries.length; start += ROWS_A_STATEMENT)
        await upsert(db, entries.slice(start, start + ROWS_A_STATEMENT));
    },
    ...peopleMethods(db),
    ...photoMethods(db),
    ...actMethods(db),
    ...searchMethods(db),
    ...progressMethods(db),
    ...comparisonMethods(db),
  };
}

async function upsert(db: Db, entries: readonly RosterEntry[]): Promise<void> {
  await db
    .insertInto('rosterEntries')
    .values([...entries])
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({
        studentNumberHash: ref('excluded.studentNumberHash'),
        examineeNumberHash: ref('excluded.examineeNumberHash'),
        contentHash: ref('excluded.contentHash'),
        sealed: ref('excluded.sealed'),
        maskedName: ref('excluded.maskedName'),
        maskedIdNumber: ref('excluded.maskedIdNumber'),
        college: ref('excluded.college'),
        className: ref('excluded.className'),
        position: ref('excluded.position'),
        importedBy: ref('excluded.importedBy'),
        updatedAt: ref('excluded.updatedAt'),
      })),
    )
    .execute();
}

type PeopleMethods = 'knownAmong' | 'entriesOf' | 'withOrders' | 'remove' | 'move';

function peopleMethods(db: Db): Pick<RosterRepository, PeopleMethods> {
  return {
    async knownAmong(batchId, { idNumberHashes, studentNumberHashes }) {
      // One after the other: each goes by its own index, both at once by none.
      const people = await having(db, batchId, 'idNumberHash', idNumberHashes);
      const numbered = await having(db, batchId, 'studentNumberHash', studentNumberHashes);
      return [...new Map([...people, ...numbered].map((entry) => [entry.id, entry])).values()];
    },
    async entriesOf(batchId, ids) {
      if (ids.length === 0) return [];
      return db
        .selectFrom('rosterEntries')
        .selectAll()
        .where('batchId', '=', batchId)
        .where('id', 'in', [...ids])
        .orderBy('position')
        .orderBy('id')
        .execute();
    },
    async withOrders(batchId, idNumberHashes) {
      if (idNumberHashes.length === 0) return [];
      const rows = await db
        .selectFrom('students')
        .innerJoin('orders', 'orders.studentId', 'students.id')
        .select('students.idNumberHash')
        .distinct()
        .where('orders.batchId', '=', batchId)
        .where('orders.state', 'not in', statesIn('ended'))
        .where((eb) => eb('students.idNumberHash', '=', eb.fn.any(eb.val([...idNumberHashes]))))
        .execute();
      return rows.map(({ idNumberHash }) => idNumberHash);
    },
    async remove(ids) {
      if (ids.length === 0) return;
      await db
        .deleteFrom('rosterEntries')
        .where('id', 'in', [...ids])
        .execute();
    },
    async move(ids, batchId, updatedAt) {
      if (ids.length === 0) return;
      await db
        .updateTable('rosterEntries')
        .set({ batchId, updatedAt })
        .where('id', 'in', [...ids])
        .execute();
    },
  };
}

async function having(
  db: Db,
  batchId: string,
  column: 'idNumberHash' | 'studentNumberHash',
  hashes: readonly string[],
): Promise<RosterEntry[]> {
  if (hashes.length === 0) return [];
  return db
    .selectFrom('rosterEntries')
    .selectAll()
    .where('batchId', '=', batchId)
    .where((eb) => eb(column, '=', eb.fn.any(eb.val([...hashes]))))
    .execute();
}

function photoMethods(db: Db): Pick<RosterRepository, 'photosOf' | 'savePhotos' | 'forgetPhotos'> {
  return {
    photosOf: (batchId) =>
      db
        .selectFrom('rosterPhotos')
        .innerJoin('rosterEntries', 'rosterEntries.id', 'rosterPhotos.entryId')
        .selectAll('rosterPhotos')
        .where('rosterEntries.batchId', '=', batchId)
        .execute(),
    async savePhotos(photos) {
      for (let start = 0; start < photos.length; start += ROWS_A_STATEMENT)
        await upsertPhotos(db, photos.slice(start, start + ROWS_A_STATEMENT));
    },
    async forgetPhotos(closedBefore) {
      const result = await db
        .deleteFrom('rosterPhotos')
        .where('entryId', 'in', (eb) =>
          eb
            .selectFrom('rosterEntries')
            .innerJoin('batches', 'batches.id', 'rosterEntries.batchId')
            .select('rosterEntries.id')
            .where('batches.closesAt', '<', closedBefore),
        )
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

async function upsertPhotos(db: Db, photos: readonly RosterPhoto[]): Promise<void> {
  await db
    .insertInto('rosterPhotos')
    .values([...photos])
    .onConflict((conflict) =>
      conflict.column('entryId').doUpdateSet(({ ref }) => ({
        sha256: ref('excluded.sha256'),
        type: ref('excluded.type'),
        bytes: ref('excluded.bytes'),
        addedBy: ref('excluded.addedBy'),
        addedAt: ref('excluded.addedAt'),
      })),
    )
    .execute();
}

function searchMethods(
  db: Db,
): Pick<RosterRepository, 'search' | 'addSearch' | 'searchDays' | 'deleteSearches' | 'personAt'> {
  return {
    async search(batchIds, wish) {
      if (batchIds.length === 0) return [];
      return db
        .selectFrom('rosterEntries')
        .select(['id', 'idNumberHash', 'sealed', 'maskedName', 'college', 'className'])
        .where('batchId', 'in', [...batchIds])
        .where((eb) =>
          'firstCharacter' in wish
            ? eb(eb.fn<string>('left', ['maskedName', eb.lit(1)]), '=', wish.firstCharacter)
            : eb.or([
                eb('studentNumberHash', '=', wish.studentNumberHash),
                eb('examineeNumberHash', '=', wish.examineeNumberHash),
              ]),
        )
        .orderBy('position')
        .orderBy('id')
        .execute();
    },
    async addSearch(search) {
      await db.insertInto('rosterSearches').values(search).execute();
    },
    async searchDays(stationId) {
      const day = sql<string>`to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`;
      const rows = await db
        .selectFrom('rosterSearches')
        .select(({ fn }) => [
          day.as('day'),
          'searchedBy',
          fn.countAll<number>().as('searches'),
          fn.sum<number>('found').as('found'),
        ])
        .where('stationId', '=', stationId)
        .groupBy([day, 'searchedBy'])
        .orderBy(day, 'desc')
        .orderBy('searchedBy')
        .execute();
      return rows.map((row) => ({
        ...row,
        searches: Number(row.searches),
        found: Number(row.found),
      }));
    },
    async deleteSearches(before) {
      await db.deleteFrom('rosterSearches').where('at', '<', before).execute();
    },
    personAt: (entryId, schoolId) =>
      db
        .selectFrom('rosterEntries')
        .innerJoin('batches', 'batches.id', 'rosterEntries.batchId')
        .select('rosterEntries.idNumberHash')
        .where('rosterEntries.id', '=', entryId)
        .where('batches.schoolId', '=', schoolId)
        .executeTakeFirst(),
  };
}

function actMethods(db: Db): Pick<RosterRepository, 'addAct' | 'acts'> {
  return {
    async addAct(act) {
      await db.insertInto('rosterLog').values(act).execute();
    },
    acts: (batchId, limit) =>
      db
        .selectFrom('rosterLog')
        .innerJoin('staffMembers', 'staffMembers.id', 'rosterLog.staffId')
        .select([
          'rosterLog.batchId',
          'rosterLog.at',
          'rosterLog.staffId',
          'rosterLog.act',
          'rosterLog.count',
          'staffMembers.name',
        ])
        .where('rosterLog.batchId', '=', batchId)
        .orderBy('rosterLog.id', 'desc')
        .limit(limit)
        .execute(),
  };
}
