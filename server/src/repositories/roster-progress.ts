import type { RosterProgress } from '@gradshot/contract';
import { type OrderPhase, statesIn } from '@gradshot/domain';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { RosterFilter, RosterRepository } from '../ports/rosters/roster-repository.ts';

/** The phase of an order that stands for each step; the rest is `unstarted`. */
const PHASES: Readonly<Record<Exclude<RosterProgress, 'unstarted'>, OrderPhase>> = {
  unpaid: 'payment',
  paid: 'photo',
  rejected: 'rejected',
  photographed: 'review',
  approved: 'approved',
};

const listOf = (values: readonly string[]) => sql.join(values.map((value) => sql.lit(value)));

/** From an order's state, which is null where there is no order. */
const progressSql: RawBuilder<RosterProgress> = sql`case ${sql.join(
  Object.entries(PHASES).map(
    ([step, phase]) => sql`when live.state in (${listOf(statesIn(phase))}) then ${sql.lit(step)}`,
  ),
  sql` `,
)} else 'unstarted' end`;

type Methods = 'people' | 'counts' | 'classes' | 'classSizes' | 'match' | 'batchNaming';

export function progressMethods(db: Db): Pick<RosterRepository, Methods> {
  return {
    people: (filter, offset, limit) =>
      standing(db, filter)
        .select([
          'rosterEntries.id',
          'rosterEntries.idNumberHash',
          'rosterEntries.sealed',
          'rosterEntries.maskedName',
          'rosterEntries.maskedIdNumber',
          'rosterEntries.college',
          'rosterEntries.className',
          'live.id as orderId',
          'live.state as orderState',
          sql<boolean>`roster_photos.entry_id is not null`.as('hasPhoto'),
        ])
        .orderBy('rosterEntries.position')
        .orderBy('rosterEntries.id')
        .offset(offset)
        .limit(limit)
        .execute(),
    async counts(filter) {
      const rows = await standing(db, filter)
        .select(({ fn }) => [
          progressSql.as('progress'),
          fn.countAll<number>().as('count'),
          fn.count<number>('rosterPhotos.entryId').as('photos'),
        ])
        .groupBy(sql`1`)
        .execute();
      return rows.map(({ progress, count, photos }) => ({
        progress,
        count: Number(count),
        photos: Number(photos),
      }));
    },
    async classes(batchId) {
      const rows = await db
        .selectFrom('rosterEntries')
        .select('className')
        .distinct()
        .where('batchId', '=', batchId)
        .where('className', 'is not', null)
        .orderBy('className')
        .execute();
      return rows.flatMap(({ className }) => className ?? []);
    },
    async classSizes(batchId, limit) {
      const rows = await db
        .selectFrom('rosterEntries')
        .select(({ fn }) => [
          college.as('college'),
          classOf.as('className'),
          fn.countAll<number>().as('people'),
        ])
        .where('batchId', '=', batchId)
        .groupBy([sql`1`, sql`2`])
        .orderBy(sql`1`)
        .orderBy(sql`2`)
        .limit(limit)
        .execute();
      return rows.map((row) => ({ ...row, people: Number(row.people) }));
    },
    ...matchMethods(db),
  };
}

const college = sql<string>`coalesce(roster_entries.college, '')`;
const classOf = sql<string>`coalesce(roster_entries.class_name, '')`;

/** Every person of the roster, with the live order that the person has in its batch. */
function standing(db: Db, { batchId, className, exactly, progress }: RosterFilter) {
  let query = db
    .selectFrom('rosterEntries')
    .leftJoin('rosterPhotos', 'rosterPhotos.entryId', 'rosterEntries.id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('students')
          .innerJoin('orders', 'orders.studentId', 'students.id')
          .select(['orders.id', 'orders.state'])
          .whereRef('students.idNumberHash', '=', 'rosterEntries.idNumberHash')
          .whereRef('orders.batchId', '=', 'rosterEntries.batchId')
          .where('orders.state', 'not in', statesIn('ended'))
          // One person may be enrolled twice.
          .orderBy('orders.createdAt', 'desc')
          .limit(1)
          .as('live'),
      (join) => join.onTrue(),
    )
    .where('rosterEntries.batchId', '=', batchId);
  if (className) query = query.where('rosterEntries.className', '=', className);
  if (exactly)
    query = query.where(college, '=', exactly.college).where(classOf, '=', exactly.className);
  if (progress) query = query.where(sql<boolean>`${progressSql} in (${listOf(progress)})`);
  return query;
}

function matchMethods(db: Db): Pick<RosterRepository, 'match' | 'batchNaming'> {
  return {
    match: (orderId) =>
      db
        .selectFrom('orders')
        .innerJoin('students', 'students.id', 'orders.studentId')
        .innerJoin('rosterEntries', (join) =>
          join
            .onRef('rosterEntries.batchId', '=', 'orders.batchId')
            .onRef('rosterEntries.idNumberHash', '=', 'students.idNumberHash'),
        )
        .leftJoin('rosterPhotos', 'rosterPhotos.entryId', 'rosterEntries.id')
        .select([
          'rosterEntries.id',
          'rosterEntries.batchId',
          'rosterEntries.idNumberHash',
          'rosterEntries.sealed',
          'rosterEntries.college',
          'rosterEntries.className',
          'rosterPhotos.sha256 as photoSha256',
        ])
        .where('orders.id', '=', orderId)
        .executeTakeFirst(),
    async batchNaming(idNumberHash, batchIds) {
      const rows = await db
        .selectFrom('rosterEntries')
        .select('batchId')
        .where('idNumberHash', '=', idNumberHash)
        .where('batchId', 'in', [...batchIds])
        .execute();
      return batchIds.find((id) => rows.some(({ batchId }) => batchId === id));
    },
  };
}
