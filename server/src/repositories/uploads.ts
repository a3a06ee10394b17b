import type { Db } from '../database/schema.ts';
import type { JobRepository, UploadRepository } from '../ports/companion-repositories.ts';

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
