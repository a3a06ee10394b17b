import type { Db } from '../database/schema.ts';
import type { SchoolRepository } from '../ports/schools/school-repository.ts';

const SCHOOL = ['id', 'code', 'name', 'phone', 'hours', 'createdAt'] as const;

export function schoolRepository(db: Db): SchoolRepository {
  return {
    async insert(school) {
      await db.insertInto('schools').values(school).execute();
    },
    find: (id) => db.selectFrom('schools').select(SCHOOL).where('id', '=', id).executeTakeFirst(),
    findByCode: (code) =>
      db.selectFrom('schools').select(SCHOOL).where('code', '=', code).executeTakeFirst(),
    async insertBatch(batch) {
      await db.insertInto('batches').values(batch).execute();
    },
    openBatches: (schoolId, at) =>
      db
        .selectFrom('batches')
        .selectAll()
        .where('schoolId', '=', schoolId)
        .where('opensAt', '<=', at)
        .where('closesAt', '>', at)
        .orderBy('opensAt', 'desc')
        .orderBy('id')
        .execute(),
    async insertFaq(entry) {
      await db.insertInto('faqEntries').values(entry).execute();
    },
    faq: (schoolId) =>
      db
        .selectFrom('faqEntries')
        .selectAll()
        .where((eb) =>
          eb.or([eb('schoolId', 'is', null), ...(schoolId ? [eb('schoolId', '=', schoolId)] : [])]),
        )
        .orderBy('position')
        .execute(),
  };
}
