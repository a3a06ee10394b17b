import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type OpenDatabase, openEmbedded } from '../../src/database/open-database.ts';

const FOLDER = join(import.meta.dirname, '../../../.cache/test-databases');

/**
 * An embedded database in memory, empty. Making one from nothing takes PostgreSQL's own set-up, three
 * seconds and more; so the first test file that needs one leaves it for the others, as it is then.
 */
export async function openEmptyEmbedded(): Promise<OpenDatabase> {
  const path = join(FOLDER, `pglite-${pgliteVersion()}.tar`);
  if (!existsSync(path)) await makeTemplate(path);
  return openEmbedded({ loadDataDir: new Blob([await readFile(path)]) });
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
