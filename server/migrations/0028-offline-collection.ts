import { type Kysely, sql } from 'kysely';

/** Batches whose stations may take new graduates offline, and the visits that were confirmed afterwards. */
const STATEMENTS = [
  sql`create table offline_batches (
    batch_id uuid primary key references batches (id),
    payer text not null check (payer in ('school', 'graduate'))
  )`,
  sql`create table offline_visits (
    -- chosen by the station
    id uuid primary key,
    station_id uuid not null references stations (id),
    entry_id uuid not null,
    order_id uuid not null references orders (id),
    confirmed_at timestamptz not null
  )`,
  sql`create table offline_reads (
    id bigint generated always as identity primary key,
    station_id uuid not null references stations (id),
    at timestamptz not null,
    version text not null
  )`,
  sql`alter table roster_log drop constraint roster_log_act_check`,
  sql`alter table roster_log add constraint roster_log_act_check
    check (act in ('importRoster', 'importPhotos', 'exportUndone', 'setIdentityBands',
      'setOfflineCollection'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
