import { afterAll, beforeAll, describe } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { Db } from '../../src/database/schema.ts';
import { emptySharedEmbedded } from './embedded-database.ts';
import { newPostgresDatabase } from './postgres.ts';

export const DATABASE_KINDS = ['embedded', 'postgres'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

const OPEN: Readonly<Record<DatabaseKind, () => Promise<Db>>> = {
  embedded: emptySharedEmbedded,
  postgres: async () => (await openDatabase({ url: await newPostgresDatabase() })).db,
};

/** Runs the same tests on the embedded database and on a real PostgreSQL, each empty and migrated. */
export function describeOnBothDatabases(
  name: string,
  tests: (db: () => Db, kind: DatabaseKind) => void,
): void {
  describe.each(DATABASE_KINDS)(`${name} (%s)`, (kind) => {
    let db: Db;
    beforeAll(async () => {
      db = await OPEN[kind]();
      await migrate(db);
    });
    afterAll(async () => {
      if (kind === 'postgres') await db?.destroy();
    });
    tests(() => db, kind);
  });
}
