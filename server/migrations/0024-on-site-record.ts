import { type Kysely, sql } from 'kysely';

/** What staff at the station said about a photo, sealed; null where they said nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table photos add column on_site_sealed bytea`.execute(db);
}
