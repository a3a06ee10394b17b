import { type Kysely, sql } from 'kysely';

/** Fees that were taken at a station's desk, in cash or on the school's account. */
const STATEMENTS = [
  sql`create table desk_payments (
    -- written before its payment, so that a receipt that is taken already leaves nothing behind
    payment_id uuid primary key references payments (id) deferrable initially deferred,
    school_id uuid not null references schools (id),
    station_id uuid not null references stations (id),
    -- of the receipt that was given for cash
    receipt_no text,
    taken_at timestamptz not null
  )`,
  sql`create unique index desk_payments_receipt on desk_payments (school_id, receipt_no)`,
  sql`create index desk_payments_taken on desk_payments (taken_at)`,
  sql`alter table payments drop constraint payments_refund_cause_check`,
  sql`alter table payments add constraint payments_refund_cause_check
    check (refund_cause in ('paidTwice', 'cancelled', 'refunded', 'cash'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
