import { type Kysely, sql } from 'kysely';

/** Staff, their sessions, leases and decisions of reviews, refunds and rosters. */
const STATEMENTS = [
  sql`create table staff_members (
    id uuid primary key,
    -- lower case
    account text not null unique,
    name text not null,
    roles jsonb not null,
    password_hash text not null,
    must_change_password boolean not null,
    enabled boolean not null,
    wrong_count int not null default 0,
    locked_until timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create table staff_sessions (
    id uuid primary key,
    token_hash text not null unique,
    staff_id uuid not null references staff_members (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  sql`create index staff_sessions_staff on staff_sessions (staff_id)`,
  sql`create index staff_sessions_expiry on staff_sessions (expires_at)`,
  // One row an order: two reviewers cannot hold the same photo, whatever the code does.
  sql`create table review_leases (
    order_id uuid primary key references orders (id),
    lease_id uuid not null unique,
    photo_id uuid not null references photos (id),
    staff_id uuid not null references staff_members (id),
    taken_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  sql`create index review_leases_staff on review_leases (staff_id, taken_at)`,
  sql`create table review_decisions (
    -- each photo is decided once
    photo_id uuid primary key references photos (id),
    order_id uuid not null references orders (id),
    lease_id uuid not null,
    staff_id uuid not null references staff_members (id),
    decision text not null check (decision in ('approved', 'rejected')),
    codes jsonb not null,
    note text not null,
    at timestamptz not null
  )`,
  sql`create index review_decisions_order on review_decisions (order_id, at)`,
  sql`create index review_decisions_at on review_decisions (at)`,
  sql`create index photos_submitted on photos (submitted_at) where discarded_at is null`,
  sql`create table refunds (
    id uuid primary key,
    -- of the request: pressing twice is one refund
    key uuid not null unique,
    order_id uuid not null references orders (id),
    payment_id uuid references payments (id),
    out_refund_no text not null unique,
    amount_fen int not null check (amount_fen >= 0),
    reason text not null,
    state text not null check (state in ('requested', 'processing', 'succeeded', 'failed')),
    staff_id uuid not null references staff_members (id),
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create unique index refunds_one_live on refunds (order_id)
    where state in ('requested', 'processing')`,
  sql`create table roster_entries (
    id uuid primary key,
    batch_id uuid not null references batches (id),
    id_number_hash text not null,
    student_number_hash text not null,
    -- keyed digest of all fields: tells whether an imported row changes anything
    content_hash text not null,
    sealed bytea not null,
    masked_name text not null,
    masked_id_number text not null,
    imported_by uuid not null references staff_members (id),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (batch_id, id_number_hash),
    unique (batch_id, student_number_hash) deferrable initially deferred
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
