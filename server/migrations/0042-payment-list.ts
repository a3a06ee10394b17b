import { type Kysely, sql } from 'kysely';

/** Payments are listed and summed up by school, day and number. */
const STATEMENTS = [
  // Of its order; a list of one school must not look through those of all.
  sql`alter table payments add column school_id uuid references schools (id)`,
  sql`update payments set school_id = orders.school_id from orders where orders.id = payments.order_id`,
  sql`create index payments_listed on payments (created_at desc, id desc)`,
  sql`create index payments_of_school on payments (school_id, created_at desc, id desc)`,
  sql`create index payments_paid on payments (paid_at) where paid_at is not null`,
  sql`create index desk_payments_receipt_no on desk_payments (receipt_no)`,
  sql`create index refunds_succeeded on refunds (updated_at) where state = 'succeeded'`,
  sql`create index refunds_accepted on refunds (accepted_at) where accepted_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
