import { type Kysely, sql } from 'kysely';

/** Print sheets that were made once, by the photo and the paper. */
const STATEMENTS = [
  sql`create table print_sheets (
    photo_id uuid not null references photos (id),
    layout text not null,
    sha256 text not null,
    -- 'cutOut': from the original, by the engine that made the photo; 'photo': from the photo itself
    source text not null check (source in ('cutOut', 'photo')),
    made_at timestamptz not null,
    primary key (photo_id, layout)
  )`,
  sql`create index print_sheets_object on print_sheets (sha256)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
