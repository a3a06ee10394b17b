/**
 * Entry of the thread that looks after databases, started by upkeep.ts and never imported. It may
 * import nothing that other code imports too: in the packaged station it is a file of its own outside
 * the archive.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { UpkeepAnswer, UpkeepRequest, UpkeepTask } from './upkeep-protocol.ts';

/** Two connections beside the station's own. */
type Beside = {
  readonly keeper: Database;
  /**
   * Reads while nothing is to be read: as long as it does, the station's next commit cannot begin the
   * log anew, which is the one moment at which a commit waits for the disk.
   */
  readonly holder: Database;
  holds: boolean;
};

/** Frames of 4 kB; a log that has come to so many is begun anew. */
const LONG_LOG = 4000;
/** The station goes on writing meanwhile; what it wrote last comes with the next one. */
const MOST_PASSES = 6;
const BETWEEN_PASSES_MS = 10;

const besides = new Map<string, Beside>();

function besideOf(file: string): Beside {
  const known = besides.get(file);
  if (known) return known;
  const connect = () => {
    const database = new BetterSqlite3(file, { fileMustExist: true, timeout: 2000 });
    database.pragma('synchronous = FULL');
    database.pragma('wal_autocheckpoint = 0');
    return database;
  };
  const beside = { keeper: connect(), holder: connect(), holds: false };
  besides.set(file, beside);
  return beside;
}

type Look = { readonly log: number; readonly checkpointed: number };

/** As far as it goes without keeping the station from writing. */
function bringIn({ keeper }: Beside): Look {
  const [look] = keeper.pragma('wal_checkpoint(PASSIVE)') as Look[];
  return look ?? { log: 0, checkpointed: 0 };
}

const isIn = ({ log, checkpointed }: Look) => log === checkpointed;

function letGo(beside: Beside): void {
  if (beside.holds) beside.holder.exec('COMMIT');
  beside.holds = false;
}

/** At the end of the log as it is now: nothing beyond the place where somebody reads is brought in. */
function holdAnew(beside: Beside): void {
  letGo(beside);
  beside.holder.exec('BEGIN');
  beside.holder.prepare('SELECT count(*) FROM sqlite_schema').get();
  beside.holds = true;
}

/**
 * SQLite brings the main file to the disk only where nothing was written meanwhile; that the log is as
 * long as it was a pass before says so.
 */
async function checkpoint(beside: Beside): Promise<string> {
  if (!beside.holds) holdAnew(beside);
  let before = bringIn(beside);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    if (!isIn(before)) holdAnew(beside);
    const now = bringIn(beside);
    if (isIn(now) && now.log === before.log && isIn(before)) {
      if (now.log >= LONG_LOG) letGo(beside);
      return 'whole';
    }
    before = now;
    await pause(BETWEEN_PASSES_MS);
  }
  return 'partly';
}

/** Reading from the first page to the last, so that what is written meanwhile does not begin it anew. */
async function copy({ keeper }: Beside, to: string): Promise<string> {
  keeper.exec('BEGIN');
  try {
    keeper.prepare('SELECT count(*) FROM sqlite_schema').get();
    await keeper.backup(to);
    return 'whole';
  } finally {
    keeper.exec('COMMIT');
  }
}

function close(file: string): string {
  const beside = besides.get(file);
  if (!beside) return 'closed';
  besides.delete(file);
  letGo(beside);
  beside.holder.close();
  beside.keeper.close();
  return 'closed';
}

async function perform(file: string, task: UpkeepTask): Promise<string> {
  switch (task.kind) {
    case 'checkpoint':
      return checkpoint(besideOf(file));
    case 'copy':
      return copy(besideOf(file), task.to);
    case 'check':
      return String(besideOf(file).keeper.pragma('quick_check(1)', { simple: true }));
    case 'close':
      return close(file);
  }
}

async function answer({ id, file, task }: UpkeepRequest): Promise<UpkeepAnswer> {
  try {
    return { id, value: await perform(file, task) };
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    return { id, error: { message, code: String(code ?? '') } };
  }
}

let lane: Promise<unknown> = Promise.resolve();
parentPort?.on('message', (request: UpkeepRequest) => {
  lane = lane.then(async () => parentPort?.postMessage(await answer(request)));
});
