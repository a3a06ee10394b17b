import type { Database } from 'better-sqlite3';

/** One numbered step of the schema. It runs in a transaction and is never changed once released. */
export type Migration = {
  /** `user_version` of the database afterwards. */
  readonly version: number;
  readonly name: string;
  readonly up: (database: Database) => void;
};
