import BetterSqlite3, { type Database } from 'better-sqlite3';
import { beforeEach, expect, it } from 'vitest';
import { station } from './0001-station.ts';
import { collection } from './0002-collection.ts';

let database: Database;
beforeEach(() => {
  database = new BetterSqlite3(':memory:');
  database.pragma('foreign_keys = ON');
  station.up(database);
  database.prepare('INSERT INTO events (at, kind, facts) VALUES (1, ?, ?)').run('x', '{}');
  collection.up(database);
});

const order = () =>
  database.prepare("INSERT INTO orders VALUES ('o', 'G1', 'pendingCapture', 1, '{}', NULL)").run();
const photo = (status: string, sequence = 1) =>
  database
    .prepare(
      `INSERT INTO photos (photo_id, order_id, sequence, status, width, height, captured_at,
       original_sha256, original_type, status_at)
       VALUES (?, 'o', ?, ?, 1, 1, '2026', 'a', 'image/jpeg', 1)`,
    )
    .run(`p${sequence}`, sequence, status);
const outbox = (kind: string) =>
  database
    .prepare(
      "INSERT INTO outbox (kind, order_id, photo_id, state, next_at, created_at) VALUES (?, 'o', 'p1', 'queued', 1, 1)",
    )
    .run(kind);

it('keeps what was there', () => {
  expect(database.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1);
});

it('takes no photo without its order, and no delivery without its photo', () => {
  expect(() => photo('stored')).toThrow('FOREIGN KEY');
  order();
  expect(() => outbox('submit')).toThrow('FOREIGN KEY');
  photo('stored');
  outbox('submit');
});

it('knows the statuses and kinds that the program knows', () => {
  order();
  expect(() => photo('lost')).toThrow('CHECK');
  photo('stored');
  expect(() => outbox('forget')).toThrow('CHECK');
});

it('orders the shots', () => {
  order();
  photo('stored');
  expect(() =>
    database.prepare("UPDATE photos SET sequence = 1 WHERE photo_id = 'p1'").run(),
  ).not.toThrow();
  expect(() => photo('stored', 1)).toThrow('UNIQUE');
});
