import { type Kysely, sql } from 'kysely';

/** 撤销通过: one member of staff asks, another decides. */
const STATEMENTS = [
  sql`create table approval_withdrawals (
    id uuid primary key,
    order_id uuid not null references orders (id),
    photo_id uuid not null references photos (id),
    asked_by uuid not null references staff_members (id),
    asked_at timestamptz not null,
    reason_sealed bytea not null,
    goal text not null check (goal in ('review', 'retake')),
    state text not null check (state in ('asked', 'approved', 'declined')),
    decided_by uuid references staff_members (id),
    decided_at timestamptz,
    check (state <> 'approved' or decided_by <> asked_by)
  )`,
  sql`create unique index approval_withdrawals_one_asked on approval_withdrawals (order_id)
    where state = 'asked'`,
  sql`create index approval_withdrawals_order on approval_withdrawals (order_id)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
