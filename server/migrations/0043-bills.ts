import { type Kysely, sql } from 'kysely';

/** The payment service's daily bills, their lines, and where they and our books differ. */
const STATEMENTS = [
  sql`create table bills (
    -- in Beijing
    day text primary key check (day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
    state text not null check (state in ('waiting', 'none', 'done', 'damaged', 'failed')),
    tried_at timestamptz not null,
    fetched_at timestamptz,
    hash text
  )`,
  sql`create table bill_lines (
    day text not null references bills (day),
    number int not null,
    kind text not null check (kind in ('payment', 'refund')),
    at timestamptz not null,
    transaction_id text not null,
    out_trade_no text not null,
    refund_id text,
    out_refund_no text,
    state text not null,
    amount_fen int not null,
    -- in 0.00001 CNY, as the bill has it
    fee_e5 int not null,
    school_id uuid references schools (id),
    primary key (day, number)
  )`,
  sql`create table bill_differences (
    id uuid primary key,
    day text not null references bills (day),
    subject text not null check (subject in ('payment', 'refund')),
    what text not null check (what in ('missingHere', 'missingThere', 'amount', 'state')),
    number text not null,
    provider_number text not null,
    order_id uuid references orders (id),
    here_fen int,
    there_fen int,
    here_state text,
    there_state text,
    settled_at timestamptz,
    -- null though settled: the comparison itself booked what was missing
    settled_by uuid references staff_members (id),
    note text not null,
    unique (day, subject, what, number)
  )`,
  sql`create index bill_differences_open on bill_differences (day) where settled_at is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
