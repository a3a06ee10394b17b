import { type Kysely, sql } from 'kysely';

/** A reviewer's decision waits a while before it is carried out, and can be taken back until then. */
const STATEMENTS = [
  // null: carried out, as all were that are there already
  sql`alter table review_decisions add column held_until timestamptz`,
  sql`create index review_decisions_held on review_decisions (held_until)
    where held_until is not null`,
  // who gave an order back gets it again after all others
  sql`create table review_passes (
    order_id uuid not null references orders (id),
    staff_id uuid not null references staff_members (id),
    at timestamptz not null,
    primary key (staff_id, order_id)
  )`,
  sql`create index review_passes_at on review_passes (at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
