import { type Kysely, sql } from 'kysely';

/** 图像校对: when the graduate is told to check the photo at 学信网, and what came of it. */
const STATEMENTS = [
  sql`create table image_checks (
    order_id uuid primary key references orders (id),
    published_at timestamptz not null,
    remind_at timestamptz not null,
    reminded_at timestamptz,
    answer text check (answer in ('confirmed', 'differs')),
    note_sealed bytea,
    answered_at timestamptz,
    answered_by uuid references staff_members (id)
  )`,
  sql`create index image_checks_due on image_checks (remind_at)
    where reminded_at is null and answer is null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
