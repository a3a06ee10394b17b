import type { Migration } from './migration.ts';

/**
 * Rows of photos whose pictures are gone are forgotten in their time, so that a station does not
 * start slower with every season. `photos.aged_from` counts for them too: from when the server's clock
 * was first heard after the deletion. The indexes serve the hourly sweep.
 */
export const forgetting: Migration = {
  version: 5,
  name: 'forgetting',
  up: (database) =>
    database.exec(`
      UPDATE photos SET aged_from = NULL WHERE pictures_deleted_at IS NOT NULL;
      CREATE INDEX photos_ageless ON photos (photo_id) WHERE aged_from IS NULL;
      CREATE INDEX photos_forgettable ON photos (aged_from) WHERE pictures_deleted_at IS NOT NULL;
    `),
};
