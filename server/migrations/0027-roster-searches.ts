import { type Kysely, sql } from 'kysely';

/** That staff at a station searched a school's rosters; not what for. */
const STATEMENTS = [
  sql`create table roster_searches (
    id bigint generated always as identity primary key,
    station_id uuid not null references stations (id),
    at timestamptz not null,
    searched_by text not null check (searched_by in ('number', 'name')),
    found integer not null
  )`,
  sql`create index roster_searches_station on roster_searches (station_id, at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
