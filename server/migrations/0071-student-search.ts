import { type Kysely, sql } from 'kysely';

/**
 * Keyed digests of what customer service finds a person by: parts of the name, the last four. Rows of
 * before get theirs from housekeeping, which alone can open what is sealed.
 */
const STATEMENTS = [
  sql`create table student_search_keys (
    key text not null,
    student_id uuid not null references students (id) on delete cascade,
    primary key (key, student_id)
  )`,
  sql`create index student_search_keys_student on student_search_keys (student_id)`,
  sql`alter table students add column search_keyed boolean not null default false`,
  sql`create index students_without_keys on students (id) where not search_keyed`,
  sql`create index orders_student on orders (student_id)`,
  sql`create index orders_updated on orders (updated_at desc, id)`,
  sql`create index orders_number on orders (order_no text_pattern_ops)`,
  sql`create index roster_entries_student_number on roster_entries (student_number_hash)`,
  sql`create index roster_entries_examinee on roster_entries (examinee_number_hash)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
