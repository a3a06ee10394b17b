import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StationStartError } from '../api.ts';
import { DATABASE_FILE, type Database, openDatabase, versionOf } from './database.ts';
import { listCopies } from './database-copies.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';

let dir: string;
const opened: Database[] = [];
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'database-'));
});
afterEach(async () => {
  for (const database of opened.splice(0)) database.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(migrations?: readonly Migration[]): Promise<Database> {
  const database = await openDatabase(dir, migrations);
  opened.push(database);
  return database;
}

const failureOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => undefined,
    (error: unknown) => (error as StationStartError).failure?.code,
  );

it('opens a new database at the latest version, safe against power cuts', async () => {
  const database = await open();
  expect(versionOf(database)).toBe(MIGRATIONS.at(-1)?.version);
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
});

it('numbers its migrations without a gap, lists each, and tests each', () => {
  expect(MIGRATIONS.map((x) => x.version)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  const numbered = (ending: string) =>
    readdirSync(new URL('migrations/', import.meta.url))
      .filter((file) => /^\d/.test(file) && file.replace(/^[^.]*/, '') === ending)
      .map((file) => Number.parseInt(file, 10));
  const listed = MIGRATIONS.map((x) => x.version);
  expect(numbered('.ts')).toEqual(listed);
  expect(numbered('.test.ts')).toEqual(listed);
});

it('keeps a whole copy before it changes a database that is in use', async () => {
  const first = await open(MIGRATIONS.slice(0, 1));
  first.prepare('INSERT INTO events (at, kind, facts) VALUES (1, ?, ?)').run('x', '{}');
  first.close();
  await open();
  const [backup] = await listCopies(dir);
  const copy = new BetterSqlite3(backup ?? '');
  expect(versionOf(copy)).toBe(1);
  expect(copy.prepare('SELECT kind FROM events').pluck().get()).toBe('x');
  copy.close();
});

it('makes no copy of a database that is up to date', async () => {
  (await open()).close();
  await open();
  expect(await listCopies(dir)).toEqual([]);
});

it('leaves a database of a newer program as it is', async () => {
  const database = await open();
  database.pragma('user_version = 999');
  database.pragma(`application_id = ${(0x4753 << 16) + 999}`);
  database.close();
  expect(await failureOf(openDatabase(dir))).toBe('station.databaseNewer');
  const untouched = new BetterSqlite3(join(dir, DATABASE_FILE), { readonly: true });
  expect(versionOf(untouched)).toBe(999);
  untouched.close();
});

it('takes a broken migration back whole', async () => {
  const broken: Migration = {
    version: MIGRATIONS.length + 1,
    name: 'broken',
    up: (database) => {
      database.exec('CREATE TABLE half (x)');
      throw new Error('power cut');
    },
  };
  await expect(openDatabase(dir, [...MIGRATIONS, broken])).rejects.toThrow('power cut');
  const database = await open();
  expect(versionOf(database)).toBe(MIGRATIONS.length);
  expect(database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'half'").get()).toBeUndefined();
});

it('is refused while another connection has it', async () => {
  await open();
  expect(await failureOf(openDatabase(dir))).toBe('station.alreadyRunning');
  // The lock's file holds nothing that could be damaged.
  expect(statSync(join(dir, 'station.db-claim')).size).toBe(0);
});

it('comes up where a damaged disk has written into the file of its lock', async () => {
  await writeFile(join(dir, 'station.db-claim'), 'rubbish');
  await open();
  expect(await failureOf(openDatabase(dir))).toBe('station.alreadyRunning');
});
