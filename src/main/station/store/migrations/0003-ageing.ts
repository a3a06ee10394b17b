import type { Migration } from './migration.ts';

/**
 * `photos.aged_from`: when the server's clock was first heard while the photo had its present
 * status, in milliseconds since 1970; how long pictures stay is counted from there, because the
 * station's own clock may be set by any amount. NULL until then, and for everything that was there
 * before.
 */
export const ageing: Migration = {
  version: 3,
  name: 'ageing',
  up: (database) => database.exec('ALTER TABLE photos ADD COLUMN aged_from INTEGER'),
};
