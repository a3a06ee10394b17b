import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { onSiteRecord } from './0007-on-site-record.ts';
import { MIGRATIONS } from './index.ts';

it('finds nothing said about the photos of before', () => {
  const database = new BetterSqlite3(':memory:');
  for (const { version, up } of MIGRATIONS) if (version < onSiteRecord.version) up(database);
  database.prepare("INSERT INTO orders VALUES ('o', 'G1', 'collected', 1, '{}', NULL)").run();
  database
    .prepare(
      `INSERT INTO photos (photo_id, order_id, sequence, step, width, height, captured_at,
       original_sha256, original_type, step_at)
       VALUES ('p', 'o', 1, 'kept', 4, 3, '2026-11-23T01:00:00.000Z', 'a', 'image/jpeg', 7)`,
    )
    .run();
  onSiteRecord.up(database);
  const row = database.prepare("SELECT * FROM photos WHERE photo_id = 'p'").get();
  expect(row).toMatchObject({ step: 'kept', on_site_sealed: null });
});
