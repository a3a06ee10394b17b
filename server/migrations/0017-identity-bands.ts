import { type Kysely, sql } from 'kysely';

/** Where the bands of the advisory comparison lie for the people of a roster, once calibrated. */
const STATEMENTS = [
  sql`create table identity_bands (
    batch_id uuid primary key references batches (id),
    -- cosine of two embeddings
    mismatch_below double precision not null check (mismatch_below >= -1),
    similar_from double precision not null check (similar_from <= 1),
    check (mismatch_below <= similar_from)
  )`,
  sql`alter table roster_log drop constraint roster_log_act_check`,
  sql`alter table roster_log add constraint roster_log_act_check
    check (act in ('importRoster', 'importPhotos', 'exportUndone', 'setIdentityBands'))`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await statement.execute(db);
}
