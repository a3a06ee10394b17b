import type { Expression, ExpressionBuilder } from 'kysely';
import type { Db, Tables } from '../database/schema.ts';
import type { PhotoRepository } from '../ports/photos/photo-repository.ts';

export function photoRepository(db: Db): PhotoRepository {
  return {
    find: (id) => db.selectFrom('photos').selectAll().where('id', '=', id).executeTakeFirst(),
    async insert(photo) {
      await db
        .insertInto('photos')
        .values({ ...photo, report: JSON.stringify(photo.report) })
        .execute();
    },
    async update(id, { report, ...patch }) {
      const set = { ...patch, ...(report ? { report: JSON.stringify(report) } : {}) };
      await db
        .updateTable('photos')
        .set(set)
        .where('id', '=', id)
        .$if(report != null, (query) => query.where('erasedAt', 'is', null))
        .execute();
    },
    async announceObjects(sha256s, putAt) {
      await db
        .insertInto('storedObjects')
        .values(sha256s.map((sha256) => ({ sha256, putAt })))
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ putAt }))
        .execute();
    },
    forgetUnusedObjects: (before, limit) => forgetUnusedObjects(db, before, limit),
    listOfOrder: (orderId) =>
      db
        .selectFrom('photos')
        .selectAll()
        .where('orderId', '=', orderId)
        .orderBy('uploadedAt', 'desc')
        .execute(),
    async logAccess(entry) {
      await db.insertInto('accessLog').values(entry).execute();
    },
    async fingerprintsBefore({ id, orderId }) {
      const rows = await db
        .selectFrom('photos')
        .select('report')
        .where('orderId', '=', orderId)
        .where('id', '!=', id)
        .where((eb) => eb.or([eb('accepted', '=', false), eb('handedInAt', 'is not', null)]))
        .execute();
      return rows.flatMap(({ report }) => report?.fingerprint ?? []);
    },
  };
}

async function forgetUnusedObjects(db: Db, before: Date, limit: number): Promise<string[]> {
  const unused = db
    .selectFrom('storedObjects')
    .select('sha256')
    .where('putAt', '<', before)
    .where((eb) =>
      eb.and([
        unless(eb, kept(eb).whereRef('photos.originalSha256', '=', 'storedObjects.sha256')),
        unless(eb, kept(eb).whereRef('photos.standardSha256', '=', 'storedObjects.sha256')),
        unless(
          eb,
          kept(eb)
            .innerJoin('printSheets', 'printSheets.photoId', 'photos.id')
            .whereRef('printSheets.sha256', '=', 'storedObjects.sha256'),
        ),
        unless(
          eb,
          eb
            .selectFrom('uploadChunks')
            .select('uploadChunks.sha256')
            .whereRef('uploadChunks.sha256', '=', 'storedObjects.sha256'),
        ),
        unless(
          eb,
          eb
            .selectFrom('exportChunks')
            .select('exportChunks.sha256')
            .whereRef('exportChunks.sha256', '=', 'storedObjects.sha256'),
        ),
        unless(
          eb,
          eb
            .selectFrom('rosterPhotos')
            .select('rosterPhotos.sha256')
            .whereRef('rosterPhotos.sha256', '=', 'storedObjects.sha256'),
        ),
      ]),
    )
    .limit(limit);
  const rows = await db
    .deleteFrom('storedObjects')
    .where('sha256', 'in', unused)
    // Asked of the row as it stands when it is reached: it may just have been announced again.
    .where('putAt', '<', before)
    .returning('sha256')
    .execute();
  return rows.map((row) => row.sha256);
}

/** Photos that were not erased: a late print sheet of one that was holds nothing either. */
const kept = (eb: Builder) =>
  eb.selectFrom('photos').select('photos.id').where('photos.erasedAt', 'is', null);

const unless = (eb: Builder, use: Expression<unknown>) => eb.not(eb.exists(use));

type Builder = ExpressionBuilder<Tables, 'storedObjects'>;
