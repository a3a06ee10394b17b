import type { Migration } from './migration.ts';

/** The report of a day counts the photos that were taken on it. */
export const dayBook: Migration = {
  version: 6,
  name: 'day-book',
  up: (database) => database.exec('CREATE INDEX photos_captured ON photos (captured_at)'),
};
