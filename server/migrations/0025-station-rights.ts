import { type Kysely, sql } from 'kysely';

/** What staff at a station may do beyond serving graduates, and that they lifted a student's lock. */
const STATEMENTS = [
  sql`alter table stations add column rights jsonb not null default '[]'`,
  sql`alter table station_acts drop constraint station_acts_act_check`,
  sql`alter table station_acts add constraint station_acts_act_check
    check (act in ('enrolled', 'disabled', 'enabled', 'granted', 'withdrawn', 'lockLifted'))`,
  sql`alter table station_acts
    -- which right was granted or withdrawn
    add column station_right text,
    -- whose lock was lifted
    add column student_id uuid references students (id)`,
  sql`create index station_acts_student on station_acts (student_id, at)
    where student_id is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
