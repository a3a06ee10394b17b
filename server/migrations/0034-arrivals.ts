import { type Kysely, sql } from 'kysely';

/** Who stands in a station's queue by phone, for a day; and that staff looked at a class. */
const STATEMENTS = [
  sql`create table arrivals (
    id uuid primary key,
    station_id uuid not null references stations (id),
    order_id uuid not null references orders (id),
    day text not null check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    at timestamptz not null,
    number text,
    state text,
    ahead integer,
    unique (station_id, order_id, day)
  )`,
  sql`create index arrivals_order on arrivals (order_id, day)`,
  sql`alter table roster_searches drop constraint roster_searches_searched_by_check`,
  sql`alter table roster_searches add constraint roster_searches_searched_by_check
    check (searched_by in ('number', 'name', 'class'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
