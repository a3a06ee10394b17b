import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { forgetting } from './0005-forgetting.ts';
import { MIGRATIONS } from './index.ts';

it('counts the time of erased photos from now, and leaves every other count', () => {
  const database = new BetterSqlite3(':memory:');
  for (const { version, up } of MIGRATIONS) if (version < forgetting.version) up(database);
  database.prepare("INSERT INTO orders VALUES ('o', 'G1', 'collected', 1, '{}', NULL)").run();
  const insert = database.prepare(
    `INSERT INTO photos (photo_id, order_id, sequence, step, width, height, captured_at,
     original_sha256, original_type, step_at, pictures_deleted_at, aged_from)
     VALUES (?, 'o', ?, 'arrived', 4, 3, '2026', 'a', 'image/jpeg', 7, ?, 8)`,
  );
  insert.run('erased', 1, 9);
  insert.run('present', 2, null);
  forgetting.up(database);
  const counts = database.prepare('SELECT photo_id, aged_from FROM photos ORDER BY sequence');
  expect(counts.raw().all()).toEqual([
    ['erased', null],
    ['present', 8],
  ]);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
});
