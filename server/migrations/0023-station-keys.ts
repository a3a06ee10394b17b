import { type Kysely, sql } from 'kysely';

/** The key that seals a station's photos, as the station sealed it for this server; null: not yet. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table stations add column sealed_key bytea`.execute(db);
}
