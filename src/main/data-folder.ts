import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedKeyFile, loadOrCreateKey } from '@gradshot/storage';
import BetterSqlite3 from 'better-sqlite3';
import { StationStartError } from './station/api.ts';

/** Key of everything at rest, as a plain file of mode 0600. */
export const KEY_FILE = 'station.key';
/** The same key, sealed by the operating system's vault. */
export const SEALED_KEY_FILE = 'station.key.sealed';

/** An empty SQLite file, for its lock alone. */
const LOCK_FILE = 'station-lock.db';

export type FolderLock = { release(): void };

/**
 * Makes the folder (mode 0700) and takes it for this process. Undefined when a living process has
 * it: two stations on one store would answer for the same camera and the same visit. The operating
 * system lets go of the lock when the process ends, however it ends; a file with the process's
 * number would outlive a power cut and then name whoever got that number.
 */
export function lockDataFolder(folder: string): FolderLock | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new BetterSqlite3(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return { release: () => void lock.close() };
  } catch (error) {
    lock.close();
    if (String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}

/** What a station leaves in its folder; any of it is sealed by a key that was there. */
const DATA = ['station.db', 'station.identity', 'pictures', 'backups'];

/**
 * A key is made for a new folder alone. Throws `station.keyMissing` where there are data: a new key
 * beside them would hide that the former one must come back.
 */
export function refuseNewKey(folder: string): void {
  if (DATA.some((name) => existsSync(join(folder, name))))
    throw new StationStartError({ code: 'station.keyMissing' });
}

/** The key file's key; throws `station.keyMissing` or `station.keyDamaged`. */
export async function loadKeyFile(folder: string): Promise<Uint8Array> {
  const path = join(folder, KEY_FILE);
  if (!existsSync(path)) refuseNewKey(folder);
  try {
    return await loadOrCreateKey(path);
  } catch (cause) {
    if (!(cause instanceof DamagedKeyFile)) throw cause;
    throw new StationStartError({ code: 'station.keyDamaged' }, { cause });
  }
}

/**
 * For a shell that cannot ask the system's vault. Making a new key beside a sealed one would leave
 * two halves of a store that neither shell can read whole.
 */
export function refuseSealedKey(folder: string): void {
  if (!existsSync(join(folder, SEALED_KEY_FILE))) return;
  throw new Error(
    `The key of ${folder} is in the system's vault. Start with --shell electron, or use another folder (--data).`,
  );
}
