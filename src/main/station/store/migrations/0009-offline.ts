import type { Migration } from './migration.ts';

/**
 * The roster by which new graduates start without the server, and their visits until it has confirmed
 * them. Everything about a person is sealed, but for digests under a key that is sealed too. A visit stands
 * in the place of an order: `visit_id` is its number in `orders`, `photos` and `outbox`.
 */
export const offline: Migration = {
  version: 9,
  name: 'offline',
  up: (database) =>
    database.exec(
      `CREATE TABLE offline_people (
         generation INTEGER NOT NULL,
         entry_id TEXT NOT NULL,
         sealed BLOB NOT NULL,
         PRIMARY KEY (generation, entry_id)
       ) STRICT, WITHOUT ROWID;
       CREATE TABLE offline_finders (
         generation INTEGER NOT NULL,
         digest TEXT NOT NULL,
         entry_id TEXT NOT NULL,
         PRIMARY KEY (generation, digest, entry_id)
       ) STRICT, WITHOUT ROWID;
       CREATE TABLE offline_tries (
         entry_id TEXT PRIMARY KEY,
         wrong_count INTEGER NOT NULL,
         last_wrong_at INTEGER,
         locked_until INTEGER
       ) STRICT, WITHOUT ROWID;
       CREATE TABLE offline_visits (
         visit_id TEXT PRIMARY KEY,
         entry_id TEXT NOT NULL,
         state TEXT NOT NULL CHECK (state IN ('open', 'unpaid', 'conflict')),
         visit_sealed BLOB NOT NULL,
         order_id TEXT,
         failure TEXT,
         attempts INTEGER NOT NULL DEFAULT 0,
         next_at INTEGER NOT NULL,
         created_at INTEGER NOT NULL
       ) STRICT, WITHOUT ROWID`,
    ),
};
