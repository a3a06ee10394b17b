import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Linux's own file system in memory. */
const IN_MEMORY = '/dev/shm';
/** Databases, pictures and browser profiles of all workers together stay far below. */
const NEEDED_BYTES = 4 * 1024 ** 3;

/**
 * Where tests put what they throw away: in memory where there is room. Many of them open stores
 * that wait for the disk at every step, which proves nothing: a killed process does not tell memory from
 * disk. The longest of them takes half its time so. Undefined: the system's own folder.
 */
export function temporaryFolder(root = IN_MEMORY): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(root);
    if (bavail * bsize < NEEDED_BYTES) return undefined;
    const folder = mkdtempSync(join(root, 'gradshot-tests-'));
    // Root runs PostgreSQL as another user, who has to get through to its folder.
    chmodSync(folder, 0o711);
    return folder;
  } catch {
    return undefined;
  }
}

export function removeTemporaryFolder(folder: string | undefined): void {
  if (folder) rmSync(folder, { recursive: true, force: true });
}
