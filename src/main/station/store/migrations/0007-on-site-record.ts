import type { Migration } from './migration.ts';

/** What staff at the desk said about a photo, sealed like its report, and gone when it goes. */
export const onSiteRecord: Migration = {
  version: 7,
  name: 'on-site-record',
  up: (database) => database.exec('ALTER TABLE photos ADD COLUMN on_site_sealed BLOB'),
};
