import type { Migration } from './migration.ts';

/**
 * Orders that have a shot on this station, their shots, and what has to reach the server.
 * `orders.state` is the server's last word. Sealed columns are bound to their row. An outbox row
 * is never deleted: it ends as `done` or `superseded`.
 */
export const collection: Migration = {
  version: 2,
  name: 'collection',
  up: (database) =>
    database.exec(`
      CREATE TABLE orders (
        order_id TEXT PRIMARY KEY,
        order_no TEXT NOT NULL,
        state TEXT NOT NULL,
        state_at INTEGER NOT NULL,
        facts TEXT NOT NULL,
        student_sealed BLOB
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE photos (
        photo_id TEXT PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (order_id),
        sequence INTEGER NOT NULL UNIQUE,
        status TEXT NOT NULL CHECK (status IN
          ('stored', 'refused', 'accepted', 'submitted', 'delivered', 'superseded')),
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        captured_at TEXT NOT NULL,
        original_sha256 TEXT NOT NULL,
        original_type TEXT NOT NULL,
        standard_sha256 TEXT,
        report_sealed BLOB,
        status_at INTEGER NOT NULL,
        pictures_deleted_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX photos_order ON photos (order_id, sequence);
      CREATE INDEX photos_original ON photos (original_sha256);
      CREATE INDEX photos_standard ON photos (standard_sha256);

      CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('uploadPhoto', 'discardPhoto', 'submit')),
        order_id TEXT NOT NULL REFERENCES orders (order_id),
        photo_id TEXT NOT NULL REFERENCES photos (photo_id),
        state TEXT NOT NULL CHECK (state IN
          ('queued', 'sending', 'parked', 'done', 'superseded')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL,
        last_error TEXT,
        created_at INTEGER NOT NULL,
        finished_at INTEGER
      ) STRICT;
      CREATE INDEX outbox_open ON outbox (order_id, id)
        WHERE state IN ('queued', 'sending', 'parked');
      CREATE INDEX outbox_photo ON outbox (photo_id);

      CREATE TABLE sync (
        stream TEXT PRIMARY KEY,
        checkpoint INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
};
