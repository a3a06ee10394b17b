import { type Kysely, sql } from 'kysely';

/** Who took data about money out of the server. */
const STATEMENTS = [
  sql`create table money_exports (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    staff_id uuid not null references staff_members (id),
    what text not null check (what in ('totals', 'invoices', 'invoicesWithNames')),
    from_day text not null,
    until_day text not null,
    school_id uuid references schools (id),
    rows int not null,
    reason text not null,
    -- names leave with a reason
    check (what <> 'invoicesWithNames' or reason <> '')
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
