import { type Kysely, sql } from 'kysely';

/** What left the server of each notice, and the numbers that text messages go to. */
const STATEMENTS = [
  // Sealed: the digest beside it finds an account, but no message can be sent to a digest.
  sql`alter table accounts add column phone_sealed bytea`,
  // Written with the notice; one row a notice is one message at most.
  sql`create table notice_deliveries (
    notice_id uuid primary key references notices (id),
    kind text not null check (kind in ('progress', 'review', 'refund')),
    order_state text not null,
    state text not null check (state in ('waiting', 'sending', 'sent', 'refused', 'failed')),
    attempts int not null,
    -- why the last try did not send, in the carrier's own word; nothing personal
    why text,
    queued_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  sql`create index notice_deliveries_waiting on notice_deliveries (updated_at)
    where state in ('waiting', 'sending')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
