import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DATABASE_FILE, type Database, openDatabase } from './database.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';

let dir: string;
let database: Database;
let upkeep: Upkeep;
const file = () => join(dir, DATABASE_FILE);
const logBytes = () => statSync(`${file()}-wal`).size;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'upkeep-'));
  database = await openDatabase(dir);
  database.pragma('synchronous = NORMAL');
  database.pragma('wal_autocheckpoint = 0');
  upkeep = createUpkeep(file());
});
afterEach(async () => {
  await upkeep.close();
  database.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Each is a transaction of a few pages. */
function write(times: number, bytes = 3000): void {
  const insert = database.prepare("INSERT INTO events (at, kind, facts) VALUES (1, 'x', ?)");
  for (let i = 0; i < times; i++) insert.run(JSON.stringify({ padding: 'y'.repeat(bytes) }));
}

/** What would be there if the log were lost. */
function eventsInFile(path = file()): number {
  const alone = join(dir, 'alone.db');
  copyFileSync(path, alone);
  const copy = new BetterSqlite3(alone);
  const count = copy.prepare('SELECT count(*) FROM events').pluck().get() as number;
  copy.close();
  for (const end of ['', '-wal', '-shm']) rmSync(`${alone}${end}`, { force: true });
  return count;
}

it('brings the log into the main file beside a station that goes on writing', async () => {
  write(20);
  expect(await upkeep.checkpoint()).toBe(true);
  expect(eventsInFile()).toBe(20);
  const brought = upkeep.checkpoint();
  write(5);
  await brought;
  write(5);
  expect(await upkeep.checkpoint()).toBe(true);
  expect(eventsInFile()).toBe(30);
});

it('begins the log anew only when it has become long, and never lets it grow on', async () => {
  write(10);
  await upkeep.checkpoint();
  const short = logBytes();
  write(10);
  await upkeep.checkpoint();
  expect(logBytes()).toBeGreaterThan(short);
  const longest = 24_000_000;
  for (let i = 0; i < 12; i++) {
    write(100, 30_000);
    expect(await upkeep.checkpoint()).toBe(true);
    expect(logBytes()).toBeLessThan(longest);
  }
  expect(statSync(file()).size).toBeGreaterThan(longest);
  expect(eventsInFile()).toBe(20 + 12 * 100);
});

it('copies the whole of it, and finds it sound', async () => {
  write(50);
  const to = join(dir, 'copy.db');
  const copied = upkeep.copyTo(to);
  write(5);
  await copied;
  expect(eventsInFile(to)).toBeGreaterThanOrEqual(50);
  expect(await upkeep.check()).toBe('ok');
});

it('says what failed, and serves the next request', async () => {
  const missing = createUpkeep(join(dir, 'none', DATABASE_FILE));
  await expect(missing.check()).rejects.toThrow();
  await missing.close();
  await expect(upkeep.copyTo(join(dir, 'none', 'copy.db'))).rejects.toThrow();
  expect(await upkeep.check()).toBe('ok');
});

it('leaves the database to who closes it last', async () => {
  write(3);
  await upkeep.checkpoint();
  await upkeep.close();
  database.close();
  expect(existsSync(`${file()}-wal`)).toBe(false);
  database = await openDatabase(dir);
});
