import { type Kysely, sql } from 'kysely';

/**
 * Schools, students, orders, payments, photos and stations. Personal data stand sealed (`bytea`)
 * or as keyed digests; what is readable is masked.
 */
const STATEMENTS = [
  sql`create table schools (
    id uuid primary key,
    code text not null unique,
    name text not null,
    phone text not null,
    hours text not null,
    created_at timestamptz not null,
    -- last sequence handed out in order_changes; its row lock orders the commits of one school
    last_change bigint not null default 0
  )`,
  sql`create table faq_entries (
    id uuid primary key,
    school_id uuid references schools (id),
    position int not null,
    question_zh text not null,
    answer_zh text not null,
    question_en text not null,
    answer_en text not null
  )`,
  sql`create table batches (
    id uuid primary key,
    school_id uuid not null references schools (id),
    name text not null,
    price_fen int not null check (price_fen >= 0),
    profile_id text not null,
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    created_at timestamptz not null,
    check (opens_at < closes_at)
  )`,
  sql`create index batches_school on batches (school_id, opens_at)`,
  sql`create table students (
    id uuid primary key,
    school_id uuid not null references schools (id),
    gateway_number_hash text not null unique,
    id_number_hash text not null,
    name_sealed bytea not null,
    id_number_sealed bytea not null,
    masked_name text not null,
    masked_id_number text not null,
    college text,
    major text,
    level text,
    graduation_year int,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index students_id_number on students (id_number_hash)`,
  sql`create table stations (
    id uuid primary key,
    school_id uuid not null references schools (id),
    name text not null,
    installation_id uuid not null unique,
    device_key_hash text not null,
    enrolled_at timestamptz not null,
    disabled_at timestamptz,
    last_seen_at timestamptz,
    version text,
    outbox_length int,
    parked int,
    free_bytes double precision,
    provider text
  )`,
  sql`create table enrolment_codes (
    code_hash text primary key,
    school_id uuid not null references schools (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    station_id uuid references stations (id)
  )`,
  sql`create table tickets (
    token_hash text primary key,
    student_id uuid not null references students (id),
    station_id uuid references stations (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  sql`create index tickets_expiry on tickets (expires_at)`,
  sql`create table graduate_sessions (
    id uuid primary key,
    token_hash text not null unique,
    student_id uuid not null references students (id),
    station_id uuid references stations (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  sql`create index graduate_sessions_expiry on graduate_sessions (expires_at)`,
  sql`create table verification_locks (
    student_id uuid primary key references students (id),
    wrong_count int not null,
    last_wrong_at timestamptz,
    locked_until timestamptz
  )`,
  sql`create table verification_attempts (
    id bigint generated always as identity primary key,
    student_id uuid not null references students (id),
    station_id uuid references stations (id),
    outcome text not null check (outcome in ('correct', 'wrong', 'locked')),
    at timestamptz not null
  )`,
  sql`create table orders (
    id uuid primary key,
    order_no text not null unique,
    student_id uuid not null references students (id),
    batch_id uuid not null references batches (id),
    school_id uuid not null references schools (id),
    state text not null,
    price_fen int not null check (price_fen >= 0),
    profile_id text not null,
    photo_id uuid,
    reasons jsonb not null,
    promised_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  // One enrolment, one order; a cancelled or refunded one makes room for another.
  sql`create unique index orders_one_live on orders (student_id)
    where state not in ('cancelled', 'refunded')`,
  sql`create index orders_state on orders (state, updated_at)`,
  sql`create table order_events (
    id bigint generated always as identity primary key,
    order_id uuid not null references orders (id),
    at timestamptz not null,
    event text not null,
    from_state text not null,
    to_state text not null,
    actor text not null,
    actor_id text,
    details jsonb not null
  )`,
  sql`create index order_events_order on order_events (order_id, id)`,
  sql`create table order_changes (
    school_id uuid not null references schools (id),
    sequence bigint not null,
    order_id uuid not null references orders (id),
    state text not null,
    photo_id uuid,
    reasons jsonb not null,
    at timestamptz not null,
    primary key (school_id, sequence)
  )`,
  sql`create table consents (
    id bigint generated always as identity primary key,
    order_id uuid not null references orders (id),
    kind text not null,
    version text not null,
    given_at timestamptz not null,
    caller text not null,
    caller_id text
  )`,
  sql`create index consents_order on consents (order_id)`,
  sql`create table payments (
    id uuid primary key,
    order_id uuid not null references orders (id),
    out_trade_no text not null unique,
    method text not null,
    state text not null check (state in ('pending', 'paid', 'expired', 'closed', 'refunded')),
    amount_fen int not null check (amount_fen >= 0),
    code_url text,
    h5_url text,
    jsapi jsonb,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    last_queried_at timestamptz,
    paid_at timestamptz,
    transaction_id text,
    -- money that arrived for an order that had no use for it: somebody has to give it back
    refund_due boolean not null default false
  )`,
  sql`create unique index payments_one_live on payments (order_id) where state = 'pending'`,
  sql`create index payments_order on payments (order_id)`,
  sql`create table payment_keys (
    key uuid primary key,
    payment_id uuid not null references payments (id)
  )`,
  sql`create table payment_notifications (
    notification_id text primary key,
    out_trade_no text not null,
    outcome text not null,
    received_at timestamptz not null
  )`,
  sql`create table photos (
    id uuid primary key,
    order_id uuid not null references orders (id),
    original_sha256 text not null,
    original_type text not null,
    original_bytes int not null,
    standard_sha256 text not null,
    standard_bytes int not null,
    profile_id text not null,
    profile_version int not null,
    accepted boolean not null,
    report jsonb not null,
    captured_at timestamptz not null,
    uploaded_at timestamptz not null,
    submitted_at timestamptz,
    discarded_at timestamptz,
    uploaded_by text not null,
    uploader_id text
  )`,
  sql`create index photos_order on photos (order_id)`,
  sql`create index photos_original on photos (original_sha256)`,
  sql`create index photos_standard on photos (standard_sha256)`,
  // Written before an object is stored, so that one left by a refused upload is found again.
  sql`create table stored_objects (
    sha256 text primary key,
    put_at timestamptz not null
  )`,
  sql`create index stored_objects_put on stored_objects (put_at)`,
  sql`create table access_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    caller text not null,
    caller_id text,
    action text not null,
    order_id uuid not null,
    photo_id uuid
  )`,
  sql`create index access_log_order on access_log (order_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
