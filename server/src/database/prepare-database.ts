import { cp } from 'node:fs/promises';
import { MIGRATIONS } from '../../migrations/index.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { type DatabaseLocation, type OpenDatabase, openDatabase } from './open-database.ts';

/**
 * Opens the database and brings it to the newest schema. An embedded one that holds data already
 * is copied first (`<folder>.before-<migration>`); of a PostgreSQL server the operator keeps
 * backups. Throws `DatabaseNewerError` for one written by a newer server.
 */
export async function prepareDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  const database = await openDatabase(location);
  try {
    const pending = await pendingMigrations(database.db);
    const holdsData = pending.length < Object.keys(MIGRATIONS).length;
    if (!pending[0] || !holdsData || !('dataDir' in location) || !location.dataDir) {
      await migrate(database.db);
      return database;
    }
    await database.db.destroy();
    await cp(location.dataDir, `${location.dataDir}.before-${pending[0]}`, { recursive: true });
  } catch (error) {
    await database.db.destroy().catch(() => undefined);
    throw error;
  }
  const reopened = await openDatabase(location);
  await migrate(reopened.db);
  return reopened;
}
