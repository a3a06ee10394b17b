import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { JobRepository } from '../ports/standardization/job-repository.ts';
import type { UploadRepository } from '../ports/uploads/upload-repository.ts';

export function uploadRepository(db: Db): UploadRepository {
  const uploads = () => db.selectFrom('uploads').selectAll();
  return {
    find: (photoId) => uploads().where('photoId', '=', photoId).executeTakeFirst(),
    lock: (photoId) => uploads().where('photoId', '=', photoId).forUpdate().executeTakeFirst(),
    async insert(upload) {
      const result = await db
        .insertInto('uploads')
        .values(upload)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) === 1;
    },
    async update(photoId, patch) {
      await db.updateTable('uploads').set(patch).where('photoId', '=', photoId).execute();
    },
    async addChunk(chunk) {
      await db.insertInto('uploadChunks').values(chunk).execute();
    },
    chunks: (photoId) =>
      db
        .selectFrom('uploadChunks')
        .selectAll()
        .where('photoId', '=', photoId)
        .orderBy('start')
        .execute(),
    async deleteChunks(photoId) {
      await db.deleteFrom('uploadChunks').where('photoId', '=', photoId).execute();
    },
    async deleteExpired(before) {
      await db
        .deleteFrom('uploads')
        .where('state', '=', 'receiving')
        .where('expiresAt', '<', before)
        .execute();
    },
    async keepUnfinished(orderId, photoId, keep) {
      const others = db
        .selectFrom('uploads')
        .select('photoId')
        .where('orderId', '=', orderId)
        .where('state', '=', 'receiving')
        .where('photoId', '!=', photoId)
        // Every chunk moves the expiry.
        .orderBy('expiresAt', 'desc')
        .offset(keep - 1);
      await db.deleteFrom('uploads').where('photoId', 'in', others).execute();
    },
    ...usageMethods(db),
  };
}

function usageMethods(db: Db): Pick<UploadRepository, 'usageOf' | 'addUsage'> {
  return {
    usageOf: (studentIds, since) =>
      db
        .selectFrom('uploadUsage')
        .innerJoin('orders', 'orders.id', 'uploadUsage.orderId')
        .selectAll('uploadUsage')
        .where('orders.studentId', 'in', [...studentIds])
        .where('uploadUsage.dayBegan', '>', since)
        .execute(),
    async addUsage(orderId, { bytes = 0, failures = 0 }, { now, since }) {
      await sql`
        insert into upload_usage as day (order_id, day_began, bytes, failures)
        values (${orderId}, ${now}, ${bytes}, ${failures})
        on conflict (order_id) do update set
          day_began = case when day.day_began > ${since} then day.day_began else excluded.day_began end,
          bytes = excluded.bytes + case when day.day_began > ${since} then day.bytes else 0 end,
          failures =
            excluded.failures + case when day.day_began > ${since} then day.failures else 0 end
      `.execute(db);
    },
  };
}

const JOB = [
  'photoId',
  'orderId',
  'state',
  'progress',
  'stage',
  'error',
  'attempts',
  'queuedAt',
  'startedAt',
  'finishedAt',
] as const;

export function jobRepository(db: Db): JobRepository {
  const jobs = () => db.selectFrom('standardizationJobs').select(JOB);
  const jobUpdate = () => db.updateTable('standardizationJobs');
  return {
    find: (photoId) => jobs().where('photoId', '=', photoId).executeTakeFirst(),
    lock: (photoId) => jobs().where('photoId', '=', photoId).forUpdate().executeTakeFirst(),
    async insert(job) {
      await db.insertInto('standardizationJobs').values(job).execute();
    },
    async restart(photoId, patch) {
      await jobUpdate().set(patch).where('photoId', '=', photoId).execute();
    },
    async update(photoId, patch) {
      const result = await jobUpdate()
        .set(patch)
        .where('photoId', '=', photoId)
        .where('state', 'in', ['queued', 'running'])
        .executeTakeFirst();
      return Number(result.numUpdatedRows) === 1;
    },
    async progress(photoId, patch) {
      await jobUpdate()
        .set(patch)
        .where('photoId', '=', photoId)
        .where('state', '=', 'running')
        .execute();
    },
    async ahead(photoId) {
      const { count } = await db
        .selectFrom('standardizationJobs as earlier')
        .innerJoin('standardizationJobs as own', 'own.number', 'own.number')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('own.photoId', '=', photoId)
        .where('earlier.state', '=', 'queued')
        .whereRef('earlier.number', '<', 'own.number')
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    listWaiting: (before) =>
      jobs().where('state', '=', 'queued').where('queuedAt', '<', before).execute(),
    listStuck: (before) =>
      jobs().where('state', '=', 'running').where('startedAt', '<', before).execute(),
  };
}
