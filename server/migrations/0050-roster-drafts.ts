import { type Kysely, sql } from 'kysely';

/** Uploaded rosters that somebody looks at, what imports changed, headings that a school uses. */
const STATEMENTS = [
  sql`create table roster_imports (
    id uuid primary key,
    batch_id uuid not null references batches (id),
    staff_id uuid not null references staff_members (id),
    at timestamptz not null,
    state text not null check (state in ('running', 'done', 'undoing', 'undone')),
    file_name_sealed bytea not null,
    added int not null,
    changed int not null,
    unchanged int not null,
    bad int not null,
    aside int not null,
    refused int not null,
    undone_by uuid references staff_members (id),
    undone_at timestamptz,
    kept int not null
  )`,
  sql`create index roster_imports_batch on roster_imports (batch_id, at)`,
  // an entry may be gone since: nothing is left to undo then
  sql`create table roster_import_changes (
    import_id uuid not null references roster_imports (id) on delete cascade,
    entry_id uuid not null references roster_entries (id) on delete cascade,
    kind text not null check (kind in ('added', 'changed')),
    after_hash text not null,
    before jsonb,
    primary key (import_id, entry_id)
  )`,
  sql`create index roster_import_changes_entry on roster_import_changes (entry_id)`,
  sql`create table roster_drafts (
    id uuid primary key,
    batch_id uuid not null references batches (id),
    staff_id uuid not null references staff_members (id),
    state text not null check (state in ('reading', 'ready', 'importing', 'cancelling',
      'imported', 'failed', 'cancelled')),
    sealed bytea not null,
    failure text,
    done int not null,
    total int,
    generation int not null,
    import_id uuid references roster_imports (id) on delete set null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    held_until timestamptz
  )`,
  sql`create unique index roster_drafts_one_running on roster_drafts (batch_id)
    where state in ('importing', 'cancelling')`,
  sql`create table roster_draft_portions (
    draft_id uuid not null references roster_drafts (id) on delete cascade,
    generation int not null,
    position int not null,
    sealed bytea not null,
    good int not null,
    bad int not null,
    aside int not null,
    added int not null,
    changed int not null,
    unchanged int not null,
    primary key (draft_id, generation, position)
  )`,
  sql`create table roster_headings (
    school_id uuid primary key references schools (id),
    sealed bytea not null,
    updated_by uuid not null references staff_members (id),
    updated_at timestamptz not null
  )`,
  sql`alter table roster_log drop constraint roster_log_act_check`,
  sql`alter table roster_log add constraint roster_log_act_check
    check (act in ('importRoster', 'importPhotos', 'exportUndone', 'setIdentityBands',
      'setOfflineCollection', 'undoImport', 'removePeople', 'movePeople', 'exportBadRows'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
