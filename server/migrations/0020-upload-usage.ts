import { type Kysely, sql } from 'kysely';

/** What phones have sent for an order within a day, kept or not. */
const STATEMENTS = [
  sql`create table upload_usage (
    order_id uuid primary key references orders (id),
    day_began timestamptz not null,
    bytes double precision not null check (bytes >= 0),
    -- completions that found the file damaged or no photo
    failures int not null check (failures >= 0)
  )`,
  sql`create index uploads_unfinished on uploads (order_id) where state = 'receiving'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
