import type { Db } from '../database/schema.ts';
import type { StudentRepository } from '../ports/eligibility/student-repository.ts';

const STUDENT = [
  ...(['id', 'schoolId', 'gatewayNumberHash', 'idNumberHash', 'nameSealed'] as const),
  ...(['idNumberSealed', 'maskedName', 'maskedIdNumber', 'college', 'major', 'level'] as const),
  ...(['graduationYear', 'createdAt', 'updatedAt'] as const),
] as const;

export function studentRepository(db: Db): StudentRepository {
  return {
    find: (id) => db.selectFrom('students').select(STUDENT).where('id', '=', id).executeTakeFirst(),
    async save(student) {
      const { id: _id, gatewayNumberHash: _hash, createdAt: _created, ...changing } = student;
      const row = await db
        .insertInto('students')
        .values(student)
        .onConflict((conflict) => conflict.column('gatewayNumberHash').doUpdateSet(changing))
        .returning('id')
        .executeTakeFirstOrThrow();
      return row.id;
    },
    async replaceSearchKeys(id, keys) {
      await db.deleteFrom('studentSearchKeys').where('studentId', '=', id).execute();
      const rows = keys.map((key) => ({ key, studentId: id }));
      if (rows.length > 0)
        await db
          .insertInto('studentSearchKeys')
          .values(rows)
          // Two devices meet the same student at once.
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      await db.updateTable('students').set({ searchKeyed: true }).where('id', '=', id).execute();
    },
    withoutSearchKeys: (limit) =>
      db
        .selectFrom('students')
        .select(STUDENT)
        .where('searchKeyed', '=', false)
        .orderBy('id')
        .limit(limit)
        .execute(),
  };
}
