import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { dayBook } from './0006-day-book.ts';
import { MIGRATIONS } from './index.ts';

it('finds the photos of a day without looking at those of the season', () => {
  const database = new BetterSqlite3(':memory:');
  for (const { version, up } of MIGRATIONS) if (version < dayBook.version) up(database);
  database.prepare("INSERT INTO orders VALUES ('o', 'G1', 'collected', 1, '{}', NULL)").run();
  database
    .prepare(
      `INSERT INTO photos (photo_id, order_id, sequence, step, width, height, captured_at,
       original_sha256, original_type, step_at)
       VALUES ('p', 'o', 1, 'kept', 4, 3, '2026-11-23T01:00:00.000Z', 'a', 'image/jpeg', 7)`,
    )
    .run();
  dayBook.up(database);
  const query = "FROM photos WHERE captured_at >= '2026-11-23' AND captured_at < '2026-11-24'";
  expect(database.prepare(`SELECT photo_id ${query}`).pluck().all()).toEqual(['p']);
  const [plan] = database
    .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT * ${query}`)
    .all();
  expect(plan?.detail).toContain('photos_captured');
});
