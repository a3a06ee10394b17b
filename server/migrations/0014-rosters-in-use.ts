import { type Kysely, sql } from 'kysely';

/** Classes and reference photos of rosters, who did what with a roster, advisory comparisons. */
const STATEMENTS = [
  sql`alter table roster_entries
    add column examinee_number_hash text,
    add column college text,
    add column class_name text`,
  sql`create index roster_entries_person on roster_entries (id_number_hash)`,
  sql`create index roster_entries_class on roster_entries (batch_id, class_name)`,
  sql`create table roster_photos (
    entry_id uuid primary key references roster_entries (id) on delete cascade,
    sha256 text not null,
    type text not null,
    bytes int not null,
    added_by uuid not null references staff_members (id),
    added_at timestamptz not null
  )`,
  sql`create index roster_photos_object on roster_photos (sha256)`,
  sql`create table roster_log (
    id bigint generated always as identity primary key,
    batch_id uuid not null references batches (id),
    at timestamptz not null,
    staff_id uuid not null references staff_members (id),
    act text not null check (act in ('importRoster', 'importPhotos', 'exportUndone')),
    count int not null
  )`,
  sql`create index roster_log_batch on roster_log (batch_id, id)`,
  sql`create table photo_comparisons (
    photo_id uuid not null references photos (id),
    -- another reference photo is another comparison
    reference_sha256 text not null,
    comparison jsonb,
    failure text,
    at timestamptz not null,
    primary key (photo_id, reference_sha256)
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
