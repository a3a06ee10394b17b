import { fail, type Result } from '@gradshot/domain';

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

export function isDiskFull(error: unknown): boolean {
  return NO_SPACE.includes((error as { code?: string } | undefined)?.code ?? '');
}
