import { type Kysely, sql } from 'kysely';

/** Graduates at home: accounts, handover, uploads in chunks, standardisation jobs, chat, notices. */
const STATEMENTS = [
  sql`create table accounts (
    id uuid primary key,
    kind text not null check (kind in ('wechat', 'phone')),
    -- keyed digests to find an account by; the openid itself is needed to open a payment
    openid_hash text unique,
    openid_sealed bytea,
    phone_hash text unique,
    masked_phone text,
    created_at timestamptz not null,
    chat_last bigint not null default 0,
    chat_read bigint not null default 0,
    desk_read bigint not null default 0,
    notice_last bigint not null default 0,
    notice_read bigint not null default 0,
    agent_name text
  )`,
  sql`create table account_sessions (
    id uuid primary key,
    token_hash text not null unique,
    account_id uuid not null references accounts (id),
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  sql`create index account_sessions_expiry on account_sessions (expires_at)`,
  sql`create table account_students (
    account_id uuid not null references accounts (id),
    student_id uuid not null references students (id),
    linked_at timestamptz not null,
    primary key (account_id, student_id)
  )`,
  sql`create index account_students_student on account_students (student_id)`,
  sql`create table sms_codes (
    phone_hash text primary key,
    code_hash text not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    wrong_count int not null,
    -- messages sent since 'day_began', against sending without end
    day_count int not null,
    day_began timestamptz not null
  )`,
  sql`alter table tickets add column account_id uuid references accounts (id)`,
  sql`create table handovers (
    token_hash text primary key,
    student_id uuid not null references students (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  )`,
  sql`alter table photos
    alter column standard_sha256 drop not null,
    alter column standard_bytes drop not null,
    alter column accepted drop not null,
    alter column report drop not null,
    add column original_width int,
    add column original_height int`,
  sql`create table uploads (
    photo_id uuid primary key,
    order_id uuid not null references orders (id),
    size int not null,
    sha256 text not null,
    type text not null,
    captured_at timestamptz not null,
    received int not null,
    state text not null check (state in ('receiving', 'complete')),
    created_at timestamptz not null,
    expires_at timestamptz not null
  )`,
  sql`create index uploads_expiry on uploads (expires_at) where state = 'receiving'`,
  sql`create table upload_chunks (
    photo_id uuid not null references uploads (photo_id) on delete cascade,
    start int not null,
    length int not null,
    sha256 text not null,
    primary key (photo_id, start)
  )`,
  sql`create index upload_chunks_object on upload_chunks (sha256)`,
  sql`create table standardization_jobs (
    photo_id uuid primary key references photos (id),
    order_id uuid not null references orders (id),
    number bigint generated always as identity,
    state text not null check (state in ('queued', 'running', 'done', 'failed')),
    progress double precision not null,
    stage text,
    error text,
    attempts int not null,
    queued_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
  )`,
  sql`create index standardization_jobs_waiting on standardization_jobs (number)
    where state = 'queued'`,
  sql`create table chat_messages (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    sequence bigint not null,
    sender text not null check (sender in ('graduate', 'agent', 'system')),
    agent_name text,
    text_sealed bytea not null,
    order_id uuid references orders (id),
    at timestamptz not null,
    unique (account_id, sequence)
  )`,
  sql`create table notices (
    id uuid primary key,
    account_id uuid not null references accounts (id),
    sequence bigint not null,
    order_id uuid not null references orders (id),
    title_zh text not null,
    title_en text not null,
    zh text not null,
    en text not null,
    at timestamptz not null,
    unique (account_id, sequence)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
