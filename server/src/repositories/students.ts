import type { Db } from '../database/schema.ts';
import type { StudentRepository } from '../ports/eligibility/student-repository.ts';

export function studentRepository(db: Db): StudentRepository {
  return {
    find: (id) => db.selectFrom('students').selectAll().where('id', '=', id).executeTakeFirst(),
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
  };
}
