import { type Kysely, sql } from 'kysely';

/** Public holidays and worked week-ends of years that are published after the program was. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table special_days (
    day text primary key check (day ~ '^\\d{4}-\\d{2}-\\d{2}$'),
    working boolean not null,
    name text not null,
    entered_by uuid not null references staff_members (id),
    entered_at timestamptz not null
  )`.execute(db);
}
