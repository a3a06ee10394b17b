import { type Kysely, sql } from 'kysely';

/** People are listed as their school lists them: names and numbers stand sealed, unfit to sort by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table roster_entries add column position int not null default 0`.execute(db);
}
