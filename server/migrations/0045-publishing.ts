import { type Kysely, sql } from 'kysely';

/** Export batches to 学信网, their files and receipts. */
const STATEMENTS = [
  sql`create table export_batches (
    id uuid primary key,
    number integer generated always as identity unique,
    school_id uuid not null references schools (id),
    batch_id uuid references batches (id),
    level text,
    approved_since timestamptz,
    naming text not null,
    max_part_mb integer not null check (max_part_mb > 0),
    max_part_photos integer not null check (max_part_photos > 0),
    state text not null
      check (state in ('asked', 'declined', 'making', 'made', 'cancelling', 'cancelled')),
    again boolean not null,
    note_sealed bytea not null,
    asked_by uuid not null references staff_members (id),
    asked_at timestamptz not null,
    approved_by uuid references staff_members (id),
    made_at timestamptz,
    downloaded_at timestamptz,
    files_until timestamptz,
    total integer not null,
    done integer not null,
    trouble boolean not null,
    check (approved_by is null or approved_by <> asked_by)
  )`,
  sql`create index export_batches_open on export_batches (state)
    where state in ('making', 'cancelling')`,
  sql`create table export_items (
    export_id uuid not null references export_batches (id),
    position integer not null,
    order_id uuid not null references orders (id),
    photo_id uuid not null references photos (id),
    sha256 text not null,
    bytes integer not null,
    sealed bytea not null,
    name_hash text not null,
    id_number_hash text not null,
    student_number_hash text,
    examinee_number_hash text,
    part integer,
    state text not null
      check (state in ('waiting', 'publishing', 'accepted', 'refused', 'dropped', 'givenBack')),
    open boolean not null,
    outcome_at timestamptz,
    reason_sealed bytea,
    primary key (export_id, position)
  )`,
  // a photo is in one open batch at most
  sql`create unique index export_items_one_open on export_items (photo_id) where open`,
  sql`create index export_items_order on export_items (order_id)`,
  sql`create unique index export_items_name on export_items (export_id, name_hash)`,
  sql`create table export_files (
    export_id uuid not null references export_batches (id),
    name text not null,
    place integer not null,
    bytes bigint not null,
    sha256 text not null,
    photos integer not null,
    gone boolean not null,
    primary key (export_id, name)
  )`,
  sql`create table export_chunks (
    export_id uuid not null references export_batches (id),
    name text not null,
    position integer not null,
    sha256 text not null,
    bytes integer not null,
    primary key (export_id, name, position)
  )`,
  sql`create index export_chunks_sha256 on export_chunks (sha256)`,
  sql`create table export_acts (
    id bigint generated always as identity primary key,
    export_id uuid not null references export_batches (id),
    at timestamptz not null,
    staff_id uuid references staff_members (id),
    act text not null check (act in ('ask', 'approve', 'decline', 'make', 'askAgain', 'cancel',
      'look', 'download', 'receipt', 'expire')),
    count integer not null,
    note text not null
  )`,
  sql`create index export_acts_export on export_acts (export_id, id)`,
  sql`create table export_receipts (
    id uuid primary key,
    export_id uuid not null references export_batches (id),
    file_sha256 text not null,
    received_at timestamptz not null,
    imported_by uuid references staff_members (id),
    imported_at timestamptz not null,
    unique (export_id, file_sha256)
  )`,
  sql`create table export_receipt_rows (
    receipt_id uuid not null references export_receipts (id),
    position integer not null,
    accepted boolean not null,
    reason_sealed bytea not null,
    applied boolean not null,
    primary key (receipt_id, position)
  )`,
  sql`create table export_settings (
    school_id uuid primary key references schools (id),
    naming text not null,
    max_part_mb integer not null,
    max_part_photos integer not null
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
