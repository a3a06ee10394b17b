import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

export const COPY_FOLDER = 'backups';
/** A week of daily copies. */
const KEPT_COPIES = 7;
export const COPY_EVERY_MS = 24 * 3_600_000;

/** Numbered, not dated: a clock that was set wrong must not make an old copy the newest. */
const NAME = /^station-(\d{6})\.db$/;

/** Paths of the copies, newest first. */
export async function listCopies(dataDir: string): Promise<readonly string[]> {
  const folder = join(dataDir, COPY_FOLDER);
  const names = await readdir(folder).catch(() => [] as string[]);
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

/**
 * Copies the database as it stands while it goes on working, durably, and drops copies beyond a
 * week's. `copyTo` writes the copy to a path. Pictures are files of their own and are not in it.
 * Rejects when the disk is full; what was there stays.
 */
export async function copyDatabase(
  copyTo: (path: string) => Promise<unknown>,
  dataDir: string,
): Promise<string> {
  const folder = join(dataDir, COPY_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const present = await listCopies(dataDir);
  const number = Number(NAME.exec(present[0]?.slice(folder.length + 1) ?? '')?.[1] ?? 0) + 1;
  const path = join(folder, `station-${String(number).padStart(6, '0')}.db`);
  const temporary = `${path}.tmp`;
  await rm(temporary, { force: true });
  try {
    await copyTo(temporary);
    await syncFile(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  for (const old of present.slice(KEPT_COPIES - 1)) await rm(old, { force: true });
  return path;
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.chmod(0o600);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whether a copy is due at start; a clock that jumped either way makes one too many, never none. */
export async function isCopyDue(dataDir: string, now: number): Promise<boolean> {
  const [newest] = await listCopies(dataDir);
  if (!newest) return true;
  return Math.abs(now - (await stat(newest)).mtimeMs) >= COPY_EVERY_MS;
}
