import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { sql } from 'kysely';
import { type OpenDatabase, openEmbedded } from '../../src/database/open-database.ts';
import type { Db } from '../../src/database/schema.ts';

const FOLDER = join(import.meta.dirname, '../../../.cache/test-databases');
/** What the files and folders begin with that hold an empty database of this version. */
export const TEMPLATES = join(FOLDER, `pglite-${pgliteVersion()}`);

/**
 * An embedded database, empty; in memory without a folder. Making one from nothing takes PostgreSQL's own set-up, three
 * seconds and more; so the first test file that needs one leaves it for the others, as it is then.
 */
export async function openEmptyEmbedded(
  options: Pick<PGliteOptions, 'dataDir'> = {},
): Promise<OpenDatabase> {
  const path = `${TEMPLATES}.tar`;
  if (!existsSync(path)) await makeTemplate(path);
  return openEmbedded({ ...options, loadDataDir: new Blob([await readFile(path)]) });
}

let shared: Promise<OpenDatabase> | undefined;

/**
 * The one embedded database of this process, emptied; never closed, for the next file goes on with it.
 * Emptying takes a third of the time of opening another.
 */
export async function emptySharedEmbedded(): Promise<Db> {
  shared ??= openEmptyEmbedded();
  const { db } = await shared;
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace
    where nspname not like 'pg\\_%' and nspname <> 'information_schema'`.execute(db);
  for (const { name } of rows) await sql`drop schema ${sql.id(name)} cascade`.execute(db);
  await sql`create schema public`.execute(db);
  return db;
}

async function makeTemplate(path: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const pglite = await PGlite.create();
  const dump = await pglite.dumpDataDir('none');
  await pglite.close();
  // Two files may do it at once: whoever is later puts the same in its place.
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, Buffer.from(await dump.arrayBuffer()));
  await rename(temporary, path);
}

/** The package exports no package.json. */
function pgliteVersion(): string {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(main), '../package.json'), 'utf8'));
  return version;
}
