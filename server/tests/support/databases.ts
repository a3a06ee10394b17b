import { afterAll, beforeAll, describe } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { Db } from '../../src/database/schema.ts';
import { openEmptyEmbedded } from './embedded-database.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

export const DATABASE_KINDS = ['embedded', 'postgres'] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** Runs the same tests on the embedded database and on a real PostgreSQL, each empty and migrated. */
export function describeOnBothDatabases(
  name: string,
  tests: (db: () => Db, kind: DatabaseKind) => void,
): void {
  describe.each(DATABASE_KINDS)(`${name} (%s)`, (kind) => {
    let db: Db;
    let postgres: TestPostgres | undefined;
    beforeAll(async () => {
      postgres = kind === 'postgres' ? await startPostgres() : undefined;
      const url = await postgres?.newDatabase();
      ({ db } = await (url ? openDatabase({ url }) : openEmptyEmbedded()));
      await migrate(db);
    });
    afterAll(async () => {
      await db?.destroy();
      await postgres?.stop();
    });
    tests(() => db, kind);
  });
}
