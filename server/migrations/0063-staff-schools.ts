import { type Kysely, sql } from 'kysely';

/** Members of staff are kept to schools; a school may have customer service of its own. */
const STATEMENTS = [
  // ids of schools; null: every school
  sql`alter table staff_members add column school_ids jsonb`,
  // its phone and hours are its own, not a copy of the agency's
  sql`alter table schools add column own_contact boolean not null default false`,
  sql`create table agency_contact (
    -- one row
    id int primary key default 1 check (id = 1),
    phone text not null,
    hours text not null
  )`,
  sql`insert into agency_contact (phone, hours)
    select phone, hours from schools order by code limit 1`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
