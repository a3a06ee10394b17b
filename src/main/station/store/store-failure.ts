import { fail, type Result } from '@gradshot/domain';
import type { StationOptions } from '../api.ts';

/** Codes of a disk that takes no more: of the file system and of SQLite. */
const NO_SPACE = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'];

/** Runs a write; a full disk is an expected failure, everything else a bug that is thrown on. */
export async function storing<T>(write: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await write();
  } catch (error) {
    if (isDiskFull(error)) return fail('station.diskFull');
    throw error;
  }
}

/**
 * A write at start that may be left out: with a full disk the station still comes up, shows what it
 * has and delivers it.
 */
export function unlessFull(log: StationOptions['log'], write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    log('error', 'The disk is full', { error: String(error) });
  }
}

export function isDiskFull(error: unknown): boolean {
  return NO_SPACE.includes((error as { code?: string } | undefined)?.code ?? '');
}
