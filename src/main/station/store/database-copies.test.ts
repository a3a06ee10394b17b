import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { COPY_FOLDER, copyDatabase, isCopyDue, listCopies } from './database-copies.ts';

let dir: string;
let database: Database;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'copies-'));
  database = await openDatabase(dir);
});
afterEach(async () => {
  database.close();
  await rm(dir, { recursive: true, force: true });
});

it('keeps a week of whole copies, the newest first', async () => {
  for (let day = 1; day <= 10; day++) {
    database.prepare('INSERT INTO events (at, kind, facts) VALUES (?, ?, ?)').run(day, 'x', '{}');
    await copyDatabase((path) => database.backup(path), dir);
  }
  const copies = await listCopies(dir);
  expect(copies.map((path) => path.slice(-9))).toEqual(
    ['10', '09', '08', '07', '06', '05', '04'].map((number) => `0000${number}.db`.slice(-9)),
  );
  const newest = new BetterSqlite3(copies[0] ?? '');
  expect(newest.prepare('SELECT count(*) FROM events').pluck().get()).toBe(10);
  expect(newest.pragma('integrity_check', { simple: true })).toBe('ok');
  newest.close();
});

it('leaves nothing half-made behind, whatever was left before', async () => {
  await copyDatabase((path) => database.backup(path), dir);
  database.close();
  await expect(copyDatabase((path) => database.backup(path), dir)).rejects.toThrow();
  expect(await readdir(join(dir, COPY_FOLDER))).toEqual(['station-000001.db']);
});

it('is due after a day, and after a clock that jumped either way', async () => {
  const now = Date.parse('2026-11-23T01:00:00Z');
  expect(await isCopyDue(dir, now)).toBe(true);
  const path = await copyDatabase((path) => database.backup(path), dir);
  await utimes(path, now / 1000, now / 1000);
  const hour = 3_600_000;
  for (const [since, due] of [
    [0, false],
    [23 * hour, false],
    [24 * hour, true],
    [-23 * hour, false],
    [-24 * hour, true],
  ] as const)
    expect(await isCopyDue(dir, now + since)).toBe(due);
});
