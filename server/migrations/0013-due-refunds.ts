import { type Kysely, sql } from 'kysely';

/** Money owed back: why, by which refund or by whose hand, and every step on the way. */
const STATEMENTS = [
  sql`alter table payments add column refund_cause text
    check (refund_cause in ('paidTwice', 'cancelled', 'refunded'))`,
  // What was noted before causes were: all that the order's state still tells.
  sql`update payments set refund_cause = case orders.state
      when 'cancelled' then 'cancelled'
      when 'refunded' then 'refunded'
      else 'paidTwice'
    end
    from orders where orders.id = payments.order_id and payments.refund_due`,
  sql`alter table refunds
    -- 'order': the fee of an order that ends with it; 'due': money that no order had a use for
    add column purpose text not null default 'order' check (purpose in ('order', 'due')),
    -- given back outside of the payment service; the number of that transfer or receipt
    add column by_hand_reference text`,
  sql`drop index refunds_one_live`,
  sql`create unique index refunds_one_live on refunds (order_id)
    where purpose = 'order' and state in ('requested', 'processing')`,
  // Whatever the code does, no payment is given back twice.
  sql`create unique index refunds_one_payment on refunds (payment_id)
    where purpose = 'due' and state in ('requested', 'processing', 'succeeded')`,
  sql`create table refund_acts (
    id bigint generated always as identity primary key,
    refund_id uuid not null references refunds (id),
    at timestamptz not null,
    act text not null check (act in ('requested', 'processing', 'succeeded', 'failed', 'byHand')),
    -- null: the payment service's answer
    staff_id uuid references staff_members (id),
    note text not null
  )`,
  sql`create index refund_acts_refund on refund_acts (refund_id, id)`,
  sql`create index payments_refund_due on payments (paid_at) where refund_due`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
