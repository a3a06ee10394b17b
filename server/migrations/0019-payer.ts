import { type Kysely, sql } from 'kysely';

/**
 * Whose mini-program a payment was opened for, as a keyed digest of the openid: WeChat lets nobody
 * else pay it. Null for other methods, and for what was opened before.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table payments add column payer_hash text`.execute(db);
}
