import { type Kysely, sql } from 'kysely';

/** Who disabled or allowed a station, and when it enrolled. */
const STATEMENTS = [
  sql`create table station_acts (
    id bigint generated always as identity primary key,
    station_id uuid not null references stations (id),
    at timestamptz not null,
    act text not null check (act in ('enrolled', 'disabled', 'enabled')),
    -- null: the station itself, by an enrolment code
    staff_id uuid references staff_members (id),
    reason text not null
  )`,
  sql`create index station_acts_station on station_acts (station_id, id)`,
  // Those from before: all that their rows still tell.
  sql`insert into station_acts (station_id, at, act, reason)
    select id, enrolled_at, 'enrolled', '' from stations order by enrolled_at, id`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
