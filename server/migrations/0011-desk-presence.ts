import { type Kysely, sql } from 'kysely';

/** When each agent was last seen at the chat desk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table desk_presence (
    staff_id uuid primary key references staff_members (id),
    seen_at timestamptz not null
  )`.execute(db);
}
