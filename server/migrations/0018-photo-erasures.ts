import { type Kysely, sql } from 'kysely';

/** Photos that were deleted at the end of their time, and by which rule. */
const STATEMENTS = [
  // The row stays as a record; pictures, report and comparisons are gone.
  sql`alter table photos add column erased_at timestamptz`,
  sql`create index photos_kept on photos (order_id) where erased_at is null`,
  // Counts and times alone; nothing personal.
  sql`create table photo_erasures (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    order_id uuid not null references orders (id),
    rule text not null check (rule in ('ended', 'unfinished', 'discarded')),
    photos int not null check (photos > 0)
  )`,
  sql`create index photo_erasures_order on photo_erasures (order_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
