import type { Migration } from './migration.ts';

/**
 * One word a step of a photo, the same everywhere: `photos.step` in place of `status`, with what the
 * judgement said beside it (`accepted`: NULL before it), and the outbox rows named for what they do:
 * `deliver` brings the photo to the server, `handIn` its 提交, `takeBack` recalls what was replaced.
 *
 * `quarantine`: sealed objects that no photo explains, by the name of their file. They are left where
 * they lie; `aged_from` as in `photos`.
 */
export const photoSteps: Migration = {
  version: 4,
  name: 'photo-steps',
  up: (database) =>
    database.exec(`
      CREATE TABLE photos_new (
        photo_id TEXT PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES orders (order_id),
        sequence INTEGER NOT NULL UNIQUE,
        step TEXT NOT NULL CHECK (step IN ('kept', 'judged', 'handedIn', 'arrived', 'replaced')),
        accepted INTEGER CHECK (accepted IN (0, 1)),
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        captured_at TEXT NOT NULL,
        original_sha256 TEXT NOT NULL,
        original_type TEXT NOT NULL,
        standard_sha256 TEXT,
        report_sealed BLOB,
        step_at INTEGER NOT NULL,
        pictures_deleted_at INTEGER,
        aged_from INTEGER
      ) STRICT, WITHOUT ROWID;
      INSERT INTO photos_new
        SELECT photo_id, order_id, sequence,
          CASE status WHEN 'stored' THEN 'kept' WHEN 'submitted' THEN 'handedIn'
            WHEN 'delivered' THEN 'arrived' WHEN 'superseded' THEN 'replaced' ELSE 'judged' END,
          CASE WHEN status IN ('accepted', 'submitted', 'delivered') THEN 1
            WHEN status = 'refused' THEN 0 END,
          width, height, captured_at, original_sha256, original_type, standard_sha256,
          report_sealed, status_at, pictures_deleted_at, aged_from
        FROM photos;

      CREATE TABLE outbox_new (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL CHECK (kind IN ('deliver', 'handIn', 'takeBack')),
        order_id TEXT NOT NULL REFERENCES orders (order_id),
        photo_id TEXT NOT NULL REFERENCES photos_new (photo_id),
        state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'parked', 'done', 'replaced')),
        attempts INTEGER NOT NULL DEFAULT 0,
        next_at INTEGER NOT NULL,
        last_error TEXT,
        created_at INTEGER NOT NULL,
        finished_at INTEGER
      ) STRICT;
      INSERT INTO outbox_new
        SELECT id,
          CASE kind WHEN 'uploadPhoto' THEN 'deliver' WHEN 'submit' THEN 'handIn'
            ELSE 'takeBack' END,
          order_id, photo_id, CASE state WHEN 'superseded' THEN 'replaced' ELSE state END,
          attempts, next_at, last_error, created_at, finished_at
        FROM outbox;

      DROP TABLE outbox;
      DROP TABLE photos;
      ALTER TABLE photos_new RENAME TO photos;
      ALTER TABLE outbox_new RENAME TO outbox;
      CREATE INDEX photos_order ON photos (order_id, sequence);
      CREATE INDEX photos_original ON photos (original_sha256);
      CREATE INDEX photos_standard ON photos (standard_sha256);
      CREATE INDEX photos_ageing ON photos (step, aged_from) WHERE pictures_deleted_at IS NULL;
      CREATE INDEX outbox_open ON outbox (order_id, id)
        WHERE state IN ('queued', 'sending', 'parked');
      CREATE INDEX outbox_photo ON outbox (photo_id);

      CREATE TABLE quarantine (
        file TEXT PRIMARY KEY,
        reason TEXT NOT NULL,
        found_at INTEGER NOT NULL,
        aged_from INTEGER
      ) STRICT, WITHOUT ROWID;
    `),
};
