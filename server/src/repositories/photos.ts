import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { PhotoRepository } from '../ports/repositories.ts';

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
      await db.updateTable('photos').set(set).where('id', '=', id).execute();
    },
    async announceObjects(sha256s, putAt) {
      await db
        .insertInto('storedObjects')
        .values(sha256s.map((sha256) => ({ sha256, putAt })))
        .onConflict((conflict) => conflict.column('sha256').doUpdateSet({ putAt }))
        .execute();
    },
    forgetUnusedObjects: (before, limit) => forgetUnusedObjects(db, before, limit),
    async logAccess(entry) {
      await db.insertInto('accessLog').values(entry).execute();
    },
    async fingerprintsBefore({ id, orderId }) {
      const rows = await db
        .selectFrom('photos')
        .select('report')
        .where('orderId', '=', orderId)
        .where('id', '!=', id)
        .where((eb) => eb.or([eb('accepted', '=', false), eb('submittedAt', 'is not', null)]))
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
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('photos')
            .select(sql`1`.as('one'))
            .where((eb) =>
              eb.or([
                eb('photos.originalSha256', '=', eb.ref('storedObjects.sha256')),
                eb('photos.standardSha256', '=', eb.ref('storedObjects.sha256')),
              ]),
            ),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('uploadChunks')
            .select(sql`1`.as('one'))
            .whereRef('uploadChunks.sha256', '=', 'storedObjects.sha256'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('printSheets')
            .select(sql`1`.as('one'))
            .whereRef('printSheets.sha256', '=', 'storedObjects.sha256'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('rosterPhotos')
            .select(sql`1`.as('one'))
            .whereRef('rosterPhotos.sha256', '=', 'storedObjects.sha256'),
        ),
      ),
    )
    .limit(limit);
  const rows = await db
    .deleteFrom('storedObjects')
    .where('sha256', 'in', unused)
    .returning('sha256')
    .execute();
  return rows.map((row) => row.sha256);
}
