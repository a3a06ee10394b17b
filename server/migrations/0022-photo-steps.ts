import { type Kysely, sql } from 'kysely';

/** One word for each step of a photo, the domain's, where two stood before. */
const STATEMENTS = [
  sql`alter table photos rename column submitted_at to handed_in_at`,
  sql`alter index photos_submitted rename to photos_handed_in`,
  sql`update order_events set event = 'keepPhoto' where event = 'uploadPhoto'`,
  sql`update order_events set event = 'handIn' where event = 'submit'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
