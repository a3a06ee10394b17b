import { existsSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { StationStartError } from '../api.ts';
import { copyDatabase } from './database-copies.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';
import { startFailure } from './start-failure.ts';

export type { Database } from 'better-sqlite3';

export const DATABASE_FILE = 'station.db';
/** An empty file beside it, for its lock alone. */
const CLAIM_FILE = 'station.db-claim';

/** What is wrong with a database file that another one must take the place of. */
export type DatabaseTrouble =
  /** There is none (or an empty file) although the station has worked here before. */
  | 'missing'
  /** The file is not a database at all, or its head is destroyed. */
  | 'notADatabase'
  /** Some of it is destroyed. */
  | 'damaged';

/** The file is left as it is; its successor is for the caller to find. */
export class UnsoundDatabase extends Error {
  readonly trouble: DatabaseTrouble;
  constructor(trouble: DatabaseTrouble, options?: ErrorOptions) {
    super(`the database is ${trouble}`, options);
    this.name = 'UnsoundDatabase';
    this.trouble = trouble;
  }
}

/**
 * Opens the station's database and brings it up to date. Throws `UnsoundDatabase`, or
 * `StationStartError`: `station.alreadyRunning` when another process has it,
 * `station.databaseNewer` when a newer program wrote it (it is then left as it is), and what
 * `startFailure` knows of disks.
 */
export async function openDatabase(
  dataDir: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database> {
  let database: Database | undefined;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    database = new BetterSqlite3(join(dataDir, DATABASE_FILE), { timeout: 2000 });
    claim(database, dataDir);
    configure(database);
    checkSound(database);
    await migrate(database, dataDir, migrations);
    return database;
  } catch (error) {
    database?.close();
    throw unsound(error) ?? startFailure(error) ?? error;
  }
}

/**
 * One station only; the lock goes with the process, also when that is killed. It lies on a file of its
 * own, for the thread that looks after the database must get at the database itself.
 */
function claim(database: Database, dataDir: string): void {
  const file = join(dataDir, CLAIM_FILE);
  // Nothing is ever written to it: what lies there came by a damaged disk.
  if (existsSync(file) && statSync(file).size > 0) truncateSync(file);
  database.prepare('ATTACH ? AS claim').run(file);
  database.pragma('claim.locking_mode = EXCLUSIVE');
  // Takes the locks now, not at the first write of a visit.
  database.exec('BEGIN EXCLUSIVE; COMMIT');
}

/** FULL: what is done at start waits for the disk; `durable-log.ts` takes over for the day. */
function configure(database: Database): void {
  database.pragma('main.journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Overwrites what is deleted: the file keeps no trace of old personal data.
  database.pragma('secure_delete = ON');
}

/**
 * Every page, row, index and reference. SQLite keeps no checksum of its pages, so a bit that flips
 * inside a value passes here; ids, digests and words are caught by their indexes, references and
 * CHECKs, sealed values by their seal, and the rest by the pictures' labels (`photo-repair.ts`).
 */
export function checkSound(database: Database): void {
  if (!isMarkedRight(database)) throw new UnsoundDatabase('damaged');
  if (database.pragma('integrity_check(1)', { simple: true }) !== 'ok')
    throw new UnsoundDatabase('damaged');
  const strays = database.pragma('foreign_key_check') as unknown[];
  if (strays.length > 0) throw new UnsoundDatabase('damaged');
}

/** "GS" in the upper half of the header's application id; the version once more in the lower. */
const MARK = 0x4753 << 16;
/** The first version whose databases are marked. */
const MARKED_SINCE = 4;

/** Without it a damaged version would look like a newer program's. */
function isMarkedRight(database: Database): boolean {
  const version = versionOf(database);
  const mark = database.pragma('application_id', { simple: true });
  return mark === (version < MARKED_SINCE ? 0 : MARK + version);
}

async function migrate(
  database: Database,
  dataDir: string,
  migrations: readonly Migration[],
): Promise<void> {
  const present = versionOf(database);
  const latest = migrations.at(-1)?.version ?? 0;
  if (present > latest) throw new StationStartError({ code: 'station.databaseNewer' });
  const missing = migrations.filter((migration) => migration.version > present);
  if (present > 0 && missing.length > 0)
    await copyDatabase((path) => database.backup(path), dataDir);
  for (const migration of missing) apply(database, migration);
  if (missing.length > 0) database.pragma('wal_checkpoint(TRUNCATE)');
}

export function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function apply(database: Database, { version, up }: Migration): void {
  database.transaction(() => {
    up(database);
    database.pragma(`user_version = ${version}`);
    if (version >= MARKED_SINCE) database.pragma(`application_id = ${MARK + version}`);
  })();
}

/** SQLite's word for a file that it cannot work with. */
function unsound(error: unknown): UnsoundDatabase | undefined {
  if (error instanceof UnsoundDatabase) return error;
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_NOTADB') return new UnsoundDatabase('notADatabase', { cause: error });
  if (code.startsWith('SQLITE_CORRUPT')) return new UnsoundDatabase('damaged', { cause: error });
  return undefined;
}
