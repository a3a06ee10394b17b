import BetterSqlite3, { type Database } from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { station } from './0001-station.ts';
import { collection } from './0002-collection.ts';
import { ageing } from './0003-ageing.ts';
import { photoSteps } from './0004-photo-steps.ts';

const STATUSES = ['stored', 'refused', 'accepted', 'submitted', 'delivered', 'superseded'];

let database: Database;
beforeEach(() => {
  database = new BetterSqlite3(':memory:');
  database.pragma('foreign_keys = ON');
  for (const migration of [station, collection, ageing]) migration.up(database);
  database.prepare("INSERT INTO orders VALUES ('o', 'G1', 'pendingCapture', 1, '{}', NULL)").run();
  for (const [index, status] of STATUSES.entries())
    database
      .prepare(
        `INSERT INTO photos (photo_id, order_id, sequence, status, width, height, captured_at,
         original_sha256, original_type, status_at, aged_from)
         VALUES (?, 'o', ?, ?, 4, 3, '2026', ?, 'image/jpeg', 7, 8)`,
      )
      .run(status, index + 1, status, `sha of ${status}`);
  const outbox = database.prepare(
    "INSERT INTO outbox (kind, order_id, photo_id, state, next_at, created_at) VALUES (?, 'o', ?, ?, 1, 2)",
  );
  outbox.run('uploadPhoto', 'delivered', 'done');
  outbox.run('submit', 'submitted', 'parked');
  outbox.run('discardPhoto', 'superseded', 'superseded');
  photoSteps.up(database);
});

it('keeps every photo, with the word of its step', () => {
  const rows = database.prepare('SELECT photo_id, step, accepted FROM photos ORDER BY sequence');
  expect(rows.raw().all()).toEqual([
    ['stored', 'kept', null],
    ['refused', 'judged', 0],
    ['accepted', 'judged', 1],
    ['submitted', 'handedIn', 1],
    ['delivered', 'arrived', 1],
    ['superseded', 'replaced', null],
  ]);
  expect(database.prepare("SELECT * FROM photos WHERE photo_id = 'stored'").get()).toMatchObject({
    ...{ order_id: 'o', sequence: 1, width: 4, height: 3, captured_at: '2026' },
    ...{ original_sha256: 'sha of stored', step_at: 7, aged_from: 8 },
  });
});

it('keeps every delivery, in its order, and goes on numbering', () => {
  const rows = database.prepare('SELECT id, kind, photo_id, state FROM outbox ORDER BY id');
  expect(rows.raw().all()).toEqual([
    [1, 'deliver', 'delivered', 'done'],
    [2, 'handIn', 'submitted', 'parked'],
    [3, 'takeBack', 'superseded', 'replaced'],
  ]);
  const added = database
    .prepare(
      "INSERT INTO outbox (kind, order_id, photo_id, state, next_at, created_at) VALUES ('deliver', 'o', 'stored', 'queued', 1, 1)",
    )
    .run();
  expect(added.lastInsertRowid).toBe(4);
});

it('still ties deliveries to photos and photos to orders, and knows no other word', () => {
  expect(database.pragma('foreign_key_check')).toEqual([]);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  const set = (sql: string) => () => database.prepare(sql).run();
  expect(set("UPDATE outbox SET photo_id = 'nobody'")).toThrow('FOREIGN KEY');
  expect(set("UPDATE photos SET order_id = 'nobody'")).toThrow('FOREIGN KEY');
  expect(set("UPDATE photos SET step = 'stored'")).toThrow('CHECK');
  expect(set("UPDATE outbox SET kind = 'submit'")).toThrow('CHECK');
});

it('remembers what nobody could explain', () => {
  database.prepare("INSERT INTO quarantine VALUES ('abc', 'noLabel', 1, NULL)").run();
  expect(() =>
    database.prepare("INSERT INTO quarantine VALUES ('abc', 'noLabel', 1, NULL)").run(),
  ).toThrow('UNIQUE');
});
