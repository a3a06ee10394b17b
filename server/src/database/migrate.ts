import { Migrator } from 'kysely/migration';
import { MIGRATIONS } from '../../migrations/index.ts';
import type { Db } from './schema.ts';

/** The database was written by a newer server; working on it could damage it. */
export class DatabaseNewerError extends Error {
  constructor() {
    super('The database was written by a newer version of the server. Update the server.');
    this.name = 'DatabaseNewerError';
  }
}

function migratorOf(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
}

/**
 * Brings the database to the newest schema; returns the names of the migrations applied. Several
 * servers may start at once: the migrator holds a lock. `upTo` stops after that one (for tests).
 */
export async function migrate(db: Db, upTo?: string): Promise<string[]> {
  await refuseNewer(db);
  const migrator = migratorOf(db);
  const { error, results } = upTo
    ? await migrator.migrateTo(upTo)
    : await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).filter((x) => x.status === 'Success').map((x) => x.migrationName);
}

/** Names of the migrations that are still to be applied. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const all = await migratorOf(db).getMigrations();
  return all.filter((x) => !x.executedAt).map((x) => x.name);
}

async function refuseNewer(db: Db): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => /^kysely_?migration$/i.test(table.name))) return;
  const applied = await (db as unknown as MigrationDb)
    .selectFrom('kyselyMigration')
    .select('name')
    .execute();
  if (applied.some(({ name }) => !Object.hasOwn(MIGRATIONS, name))) throw new DatabaseNewerError();
}

type MigrationDb = import('kysely').Kysely<{ kyselyMigration: { name: string } }>;
