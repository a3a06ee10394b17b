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

/** `GRADSHOT_EVERY_DATABASE=1`: also those that the gate has no time for. */
const SERVERS_OWN: readonly DatabaseKind[] = process.env.GRADSHOT_EVERY_DATABASE
  ? DATABASE_KINDS
  : ['postgres'];

/**
 * For what lies above the queries: who may call, what is answered. The queries themselves are held on
 * both kinds by others, and a whole run in a browser with kills is one on the embedded database.
 */
export function describeOnServersDatabase(
  name: string,
  tests: (db: () => Db, kind: DatabaseKind) => void,
): void {
  describeOn(SERVERS_OWN, name, tests);
}

/** Runs the same tests on the embedded database and on a real PostgreSQL, each empty and migrated. */
export function describeOnBothDatabases(
  name: string,
  tests: (db: () => Db, kind: DatabaseKind) => void,
): void {
  describeOn(DATABASE_KINDS, name, tests);
}

function describeOn(
  kinds: readonly DatabaseKind[],
  name: string,
  tests: (db: () => Db, kind: DatabaseKind) => void,
): void {
  describe.each(kinds)(`${name} (%s)`, (kind) => {
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
