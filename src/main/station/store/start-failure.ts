import type { ErrorCode } from '@gradshot/domain';
import { StationStartError } from '../api.ts';
import { isDiskFull } from './store-failure.ts';

const DENIED = ['EACCES', 'EPERM', 'EROFS', 'SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_PERM'];
const FAILING = ['EIO', 'SQLITE_IOERR'];

/** Why the data folder cannot be worked with at start; undefined when the error is a bug of ours. */
export function startFailure(error: unknown): StationStartError | undefined {
  if (error instanceof StationStartError) return error;
  const code = codeOf(error);
  return code && new StationStartError({ code }, { cause: error });
}

function codeOf(error: unknown): ErrorCode | undefined {
  const code = (error as { code?: string } | undefined)?.code ?? '';
  const begins = (known: readonly string[]) => known.some((x) => code.startsWith(x));
  if (code.startsWith('SQLITE_BUSY')) return 'station.alreadyRunning';
  if (isDiskFull(error)) return 'station.diskFullAtStart';
  if (begins(DENIED)) return 'station.dataFolderDenied';
  return begins(FAILING) ? 'station.diskFailing' : undefined;
}
