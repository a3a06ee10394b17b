import type { Migration } from './migration.ts';

/** Who has checked in at this station. Code and name are sealed; `aged_on` is the server's day. */
export const queue: Migration = {
  version: 8,
  name: 'queue',
  up: (database) =>
    database.exec(
      `CREATE TABLE queue (
         id TEXT PRIMARY KEY,
         place INTEGER NOT NULL UNIQUE CHECK (place > 0),
         state TEXT NOT NULL CHECK
           (state IN ('waiting', 'called', 'inVisit', 'handedBack', 'absent', 'done')),
         person_sealed BLOB NOT NULL,
         checked_in_at TEXT NOT NULL,
         state_at TEXT NOT NULL,
         aged_on TEXT
       ) STRICT`,
    ),
};
