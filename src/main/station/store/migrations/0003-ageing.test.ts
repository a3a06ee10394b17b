import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { station } from './0001-station.ts';
import { collection } from './0002-collection.ts';
import { ageing } from './0003-ageing.ts';

it('lets photos that were there before age from now on', () => {
  const database = new BetterSqlite3(':memory:');
  station.up(database);
  collection.up(database);
  database.prepare("INSERT INTO orders VALUES ('o', 'G1', 'pendingCapture', 1, '{}', NULL)").run();
  database
    .prepare(
      `INSERT INTO photos (photo_id, order_id, sequence, status, width, height, captured_at,
       original_sha256, original_type, status_at)
       VALUES ('p', 'o', 1, 'stored', 1, 1, '2026', 'a', 'image/jpeg', 1)`,
    )
    .run();
  ageing.up(database);
  expect(database.prepare('SELECT status_at, aged_from FROM photos').all()).toEqual([
    { status_at: 1, aged_from: null },
  ]);
});
