import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { queue } from './0008-queue.ts';
import { MIGRATIONS } from './index.ts';

it('gives nobody a place that is taken, and knows no other states', () => {
  const database = new BetterSqlite3(':memory:');
  for (const { version, up } of MIGRATIONS) if (version <= queue.version) up(database);
  const insert = database.prepare("INSERT INTO queue VALUES (?, ?, ?, x'00', 'a', 'b', NULL)");
  insert.run('1', 1, 'waiting');
  expect(() => insert.run('2', 1, 'waiting')).toThrow('UNIQUE');
  expect(() => insert.run('2', 2, 'elsewhere')).toThrow('CHECK');
  insert.run('2', 2, 'done');
  expect(database.prepare('SELECT count(*) FROM queue').pluck().get()).toBe(2);
});
