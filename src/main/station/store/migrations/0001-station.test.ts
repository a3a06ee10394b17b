import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { station } from './0001-station.ts';

it('makes room for sealed settings and for events', () => {
  const database = new BetterSqlite3(':memory:');
  station.up(database);
  database.prepare('INSERT INTO settings VALUES (?, ?)').run('a', Buffer.from('sealed'));
  // STRICT: a plain text cannot slip in where a sealed value belongs.
  expect(() => database.prepare('INSERT INTO settings VALUES (?, ?)').run('b', 'plain')).toThrow();
  database.prepare('INSERT INTO events (at, kind, facts) VALUES (1, ?, ?)').run('x', '{}');
  expect(database.prepare('SELECT count(*) FROM events').pluck().get()).toBe(1);
});
