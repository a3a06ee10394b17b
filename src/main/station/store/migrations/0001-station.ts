import type { Migration } from './migration.ts';

/**
 * What the station itself knows. `settings`: one JSON text per key, sealed. `events`: who looked at
 * what and what went wrong, without anything personal; `at` in milliseconds since 1970.
 */
export const station: Migration = {
  version: 1,
  name: 'station',
  up: (database) =>
    database.exec(`
      CREATE TABLE settings (
        key TEXT PRIMARY KEY,
        sealed BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE events (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        kind TEXT NOT NULL,
        facts TEXT NOT NULL
      ) STRICT;
      CREATE INDEX events_at ON events (at);
    `),
};
