import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEmptyEmbedded, TEMPLATES } from './embedded-database.ts';

/**
 * Puts an empty embedded database into the data folder of a server that has none yet. Making one is
 * PostgreSQL's own set-up, eight seconds of a core, and start-server.test.ts watches that once.
 */
export async function layEmptyDatabase(dataDir: string): Promise<void> {
  const database = join(dataDir, 'database');
  if (existsSync(database)) return;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await cp(await templateFolder(), database, { recursive: true });
}

async function templateFolder(): Promise<string> {
  const folder = `${TEMPLATES}.folder`;
  if (existsSync(folder)) return folder;
  const temporary = `${folder}.${process.pid}`;
  const { db } = await openEmptyEmbedded({ dataDir: temporary });
  await db.destroy();
  // Two processes may do it at once: whoever is later leaves the first one's.
  await rename(temporary, folder).catch(() => rm(temporary, { recursive: true }));
  return folder;
}
