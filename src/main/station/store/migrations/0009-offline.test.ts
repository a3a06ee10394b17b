import BetterSqlite3 from 'better-sqlite3';
import { expect, it } from 'vitest';
import { offline } from './0009-offline.ts';
import { MIGRATIONS } from './index.ts';

it('knows a person once in a roster, and no other states of a visit', () => {
  const database = new BetterSqlite3(':memory:');
  for (const { version, up } of MIGRATIONS) if (version <= offline.version) up(database);
  const person = database.prepare("INSERT INTO offline_people VALUES (?, 'a', x'00')");
  person.run(1);
  expect(() => person.run(1)).toThrow('UNIQUE');
  person.run(2);
  const visit = database.prepare(
    "INSERT INTO offline_visits VALUES (?, 'a', ?, x'00', NULL, NULL, 0, 1, 1)",
  );
  expect(() => visit.run('1', 'done')).toThrow('CHECK');
  visit.run('1', 'open');
  expect(() => visit.run('1', 'conflict')).toThrow('UNIQUE');
});
