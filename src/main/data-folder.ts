import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Key of everything at rest, as a plain file of mode 0600. */
export const KEY_FILE = 'station.key';
/** The same key, sealed by the operating system's vault. */
export const SEALED_KEY_FILE = 'station.key.sealed';

const LOCK_FILE = 'station.lock';

export type FolderLock = { release(): void };

/**
 * Makes the folder (mode 0700) and takes it for this process. Undefined when a living process has
 * it: two stations on one store would answer for the same camera and the same visit.
 */
export function lockDataFolder(folder: string): FolderLock | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, LOCK_FILE);
  if (!writeLock(path)) {
    if (isAlive(Number(readFileSync(path, 'utf8')))) return undefined;
    rmSync(path, { force: true });
    if (!writeLock(path)) return undefined;
  }
  return { release: () => rmSync(path, { force: true }) };
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

function writeLock(path: string): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
