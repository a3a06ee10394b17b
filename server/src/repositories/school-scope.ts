import { type RawBuilder, sql } from 'kysely';
import type { SchoolScope } from '../ports/access/school-scope.ts';

/** Whether a column with a school's id is within the scope; an empty list has nothing. */
export function within(column: string, scope: SchoolScope): RawBuilder<boolean> {
  if (scope === 'everySchool') return sql<boolean>`true`;
  if (scope.length === 0) return sql<boolean>`false`;
  const ids = scope.map((id) => sql`${id}::uuid`);
  return sql<boolean>`${sql.ref(column)} in (${sql.join(ids)})`;
}
