import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '@gradshot/storage';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { StationStartError } from '../api.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';

export type { Database } from 'better-sqlite3';

export const DATABASE_FILE = 'station.db';

/**
 * Opens the station's database and brings it up to date. Throws `StationStartError`:
 * `station.alreadyRunning` when another process has it, `station.databaseNewer` when a newer
 * program wrote it (it is then left as it is), `station.diskFull`.
 */
export async function openDatabase(
  dataDir: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = new BetterSqlite3(join(dataDir, DATABASE_FILE), { timeout: 2000 });
  try {
    configure(database);
    await migrate(database, dataDir, migrations);
    return database;
  } catch (error) {
    database.close();
    throw startError(error);
  }
}

/**
 * EXCLUSIVE: one process only; the lock goes with the process, also when that is killed. FULL: a
 * transaction that was answered outlives a power cut.
 */
function configure(database: Database): void {
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  // Overwrites what is deleted: the file keeps no trace of old personal data.
  database.pragma('secure_delete = ON');
  // Takes the lock now, not at the first write of a visit.
  database.exec('BEGIN IMMEDIATE; COMMIT');
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
  if (present > 0 && missing.length > 0) await backUp(database, dataDir, present);
  for (const migration of missing) apply(database, migration);
}

export function versionOf(database: Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

function apply(database: Database, migration: Migration): void {
  database.transaction(() => {
    migration.up(database);
    database.pragma(`user_version = ${migration.version}`);
  })();
}

/** A whole copy beside the database; pictures are in files of their own and stay as they are. */
async function backUp(database: Database, dataDir: string, version: number): Promise<void> {
  database.pragma('wal_checkpoint(TRUNCATE)');
  const name = `${DATABASE_FILE}.v${version}.${randomUUID().slice(0, 8)}.backup`;
  await writeDurably(join(dataDir, name), database.serialize());
}

function startError(error: unknown): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (code.startsWith('SQLITE_BUSY'))
    return new StationStartError({ code: 'station.alreadyRunning' }, { cause: error });
  if (code === 'SQLITE_FULL')
    return new StationStartError({ code: 'station.diskFull' }, { cause: error });
  return error;
}
