import { type Kysely, sql } from 'kysely';

/** Refunds that one asks for and another decides on. */
const STATEMENTS = [
  sql`create table refund_requests (
    id uuid primary key,
    -- of the request: pressing twice is one
    key uuid not null unique,
    order_id uuid not null references orders (id),
    reason text not null,
    state text not null check (state in ('asked', 'approved', 'declined')),
    asked_by uuid not null references staff_members (id),
    asked_at timestamptz not null,
    decided_by uuid references staff_members (id),
    decided_at timestamptz,
    note text not null,
    check ((state = 'asked') = (decided_by is null)),
    -- whatever the code does, nobody decides on an own wish
    check (decided_by <> asked_by)
  )`,
  sql`create unique index refund_requests_open on refund_requests (order_id) where state = 'asked'`,
  sql`create index refund_requests_asked on refund_requests (asked_at) where state = 'asked'`,
  sql`create index refund_requests_decided on refund_requests (decided_at)`,
  sql`create index refund_requests_order on refund_requests (order_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
