import { type Kysely, sql } from 'kysely';

/** Refunds that wait for a hand, refunds by the payment service's own desk, sums that differ, parts. */
const STATEMENTS = [
  sql`alter table payments
    -- where another sum was paid than had been asked for
    add column asked_fen int check (asked_fen >= 0),
    add column refunded_fen int not null default 0 check (refunded_fen >= 0)`,
  sql`update payments set refunded_fen = amount_fen where state = 'refunded'`,
  sql`alter table payments drop constraint payments_refund_cause_check`,
  sql`alter table payments add constraint payments_refund_cause_check
    check (refund_cause in ('paidTwice', 'cancelled', 'refunded', 'cash', 'amount'))`,
  sql`create index payments_transaction on payments (transaction_id)`,
  sql`alter table refunds
    -- null: opened at the payment service's own desk
    alter column staff_id drop not null,
    add column provider_refund_id text,
    add column accepted_at timestamptz`,
  sql`alter table refunds drop constraint refunds_state_check`,
  sql`alter table refunds add constraint refunds_state_check
    check (state in ('requested', 'processing', 'abnormal', 'succeeded', 'failed'))`,
  sql`alter table refunds drop constraint refunds_purpose_check`,
  sql`alter table refunds add constraint refunds_purpose_check
    check (purpose in ('order', 'due', 'foreign'))`,
  sql`drop index refunds_one_live`,
  sql`create unique index refunds_one_live on refunds (order_id)
    where purpose = 'order' and state in ('requested', 'processing', 'abnormal')`,
  sql`drop index refunds_one_payment`,
  sql`create unique index refunds_one_payment on refunds (payment_id)
    where purpose = 'due' and state in ('requested', 'processing', 'abnormal', 'succeeded')`,
  sql`create index refunds_order on refunds (order_id)`,
  sql`create index refunds_state on refunds (state, created_at)`,
  sql`alter table refund_acts drop constraint refund_acts_act_check`,
  sql`alter table refund_acts add constraint refund_acts_act_check check (act in
    ('requested', 'processing', 'abnormal', 'toCard', 'succeeded', 'failed', 'byHand', 'twice'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
