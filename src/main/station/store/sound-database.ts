import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  DATABASE_FILE,
  type Database,
  type DatabaseTrouble,
  openDatabase,
  UnsoundDatabase,
} from './database.ts';
import { listCopies } from './database-copies.ts';
import { startFailure } from './start-failure.ts';

/** Damaged databases lie here, each in a folder of its own, for support to look at. */
export const SET_ASIDE_FOLDER = 'set-aside';

export type DatabaseLoss = {
  readonly trouble: DatabaseTrouble;
  /** Name of the copy that took its place; undefined where a new database had to. */
  readonly restoredFrom: string | undefined;
};

export type SoundDatabase = { readonly database: Database; readonly loss?: DatabaseLoss };

export type SoundOptions = {
  readonly dataDir: string;
  /** The station has worked here before: there are pictures, copies or an identity. */
  readonly hasTraces: boolean;
  /** Called before anything is changed; throws when what lies here is another key's. */
  readonly assertKey: () => void;
};

/**
 * A database that is whole: the one that lies here; else, with the damaged one set aside, the newest
 * copy that is whole; else a new one. What the copies lack is put back from the pictures afterwards.
 */
export async function openSoundDatabase(options: SoundOptions): Promise<SoundDatabase> {
  const { dataDir, hasTraces } = options;
  try {
    if (hasTraces && isMissing(dataDir)) throw new UnsoundDatabase('missing');
    return { database: await openDatabase(dataDir) };
  } catch (error) {
    if (!(error instanceof UnsoundDatabase)) throw error;
    options.assertKey();
    try {
      return await replaceDatabase(dataDir, error.trouble);
    } catch (failure) {
      throw startFailure(failure) ?? failure;
    }
  }
}

/** SQLite takes an empty file for a new database, and drops the log beside it. */
function isMissing(dataDir: string): boolean {
  const file = join(dataDir, DATABASE_FILE);
  return !existsSync(file) || statSync(file).size === 0;
}

async function replaceDatabase(dataDir: string, trouble: DatabaseTrouble): Promise<SoundDatabase> {
  await setAside(dataDir);
  for (const copy of await listCopies(dataDir)) {
    const database = await openCopy(dataDir, copy);
    if (database) return { database, loss: { trouble, restoredFrom: basename(copy) } };
  }
  const database = await openDatabase(dataDir);
  return { database, loss: { trouble, restoredFrom: undefined } };
}

const FILES = [DATABASE_FILE, `${DATABASE_FILE}-wal`, `${DATABASE_FILE}-shm`];

async function setAside(dataDir: string): Promise<void> {
  const present = FILES.filter((name) => existsSync(join(dataDir, name)));
  if (present.length === 0) return;
  const folder = join(dataDir, SET_ASIDE_FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const number = (await readdir(folder)).length + 1;
  const place = join(folder, String(number).padStart(3, '0'));
  await mkdir(place, { mode: 0o700 });
  // The log first: a database without its log can be opened, a log without its database means nothing.
  for (const name of present.toReversed()) await rename(join(dataDir, name), join(place, name));
}

/** Undefined when the copy is damaged too. */
async function openCopy(dataDir: string, copy: string): Promise<Database | undefined> {
  const path = join(dataDir, DATABASE_FILE);
  const temporary = `${path}.restored`;
  await copyFile(copy, temporary);
  const file = await open(temporary, 'r+');
  await file.sync().finally(() => file.close());
  await rename(temporary, path);
  try {
    return await openDatabase(dataDir);
  } catch (error) {
    if (!(error instanceof UnsoundDatabase)) throw error;
    for (const name of FILES) await rm(join(dataDir, name), { force: true });
    return undefined;
  }
}
