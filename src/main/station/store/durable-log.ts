import { open } from 'node:fs/promises';
import { fail, ok, type Result } from '@gradshot/domain';
import type { Log } from '../ground/core.ts';
import type { Database } from './database.ts';
import { createGroupFlush } from './group-flush.ts';
import { isDiskFull } from './store-failure.ts';
import type { Upkeep } from './upkeep.ts';

/**
 * SQLite's log of transactions, brought to the disk by the thread pool instead of by each commit, which
 * would keep the main thread waiting (ADR 22). What is committed outlives the process at once; it
 * outlives a power cut when `settled` has answered, and nobody is told of it before.
 */
export type DurableLog = {
  /**
   * Answers when everything that was committed before the call is on the disk: `station.diskFull` or
   * `station.diskBroken` where it cannot be brought there.
   */
  settled(): Promise<Result<null>>;
  /** To be called before the database is closed, which brings the rest to the disk itself. */
  close(): Promise<void>;
};

export type DurableLogOptions = {
  readonly database: Database;
  /** See `Upkeep`. */
  readonly checkpoint: Upkeep['checkpoint'];
  readonly log: Log;
  /** In place of the log's file. */
  readonly openLogFile?: OpenLogFile;
};

export type LogFile = { datasync(): Promise<void>; close(): Promise<void> };
export type OpenLogFile = (path: string) => Promise<LogFile>;

/** From here on commits of this connection do not wait, and checkpoints are somebody else's. */
export async function openDurableLog(options: DurableLogOptions): Promise<DurableLog> {
  const { database, checkpoint, log } = options;
  // SQLite holds no lock on this file, so that opening and closing it here takes none away. It stays
  // the same file until the last connection closes, which is this one's.
  const file = await (options.openLogFile ?? openWritable)(`${database.name}-wal`);
  const changes = database.prepare<[], number>('SELECT total_changes()').pluck();
  // Of the commits so far each has waited.
  const written = () => changes.get() ?? 0;
  let doubtful = false;
  const doubt = (error: unknown) => {
    doubtful = true;
    throw error;
  };
  const flush = createGroupFlush({
    written,
    async flush() {
      // Linux reports a failed write once and takes the pages for clean afterwards: flushing again
      // would succeed without a word. What the log says has to be written anew, into the main file.
      if (!doubtful) return file.datasync().catch(doubt);
      if (!(await checkpoint())) throw new Error('the log was written to meanwhile');
      doubtful = false;
    },
  });
  database.pragma('synchronous = NORMAL');
  database.pragma('wal_autocheckpoint = 0');
  return {
    async settled() {
      if (!database.open) return ok(null);
      try {
        await flush();
        return ok(null);
      } catch (error) {
        log('error', 'What was written cannot be brought to the disk', { error: String(error) });
        return fail(isDiskFull(error) ? 'station.diskFull' : 'station.diskBroken');
      }
    },
    close: () => file.close(),
  };
}

/** Windows flushes only what may be written to. */
const openWritable: OpenLogFile = (path) => open(path, 'r+');
