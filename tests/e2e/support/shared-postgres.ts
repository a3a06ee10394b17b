import {
  askForDatabase,
  startPostgresMaker,
} from '../../../server/tests/support/postgres-maker-process.ts';

/** What workers know of the run they belong to. */
const MAKER = 'GRADSHOT_POSTGRES_MAKER';

/** Before all browser tests: the PostgreSQL that their servers share, started when the first one asks. */
export default async function setup(): Promise<() => Promise<void>> {
  const maker = await startPostgresMaker();
  process.env[MAKER] = maker.url;
  return () => maker.stop();
}

/**
 * Where a server of a browser test keeps its data: an empty database on the shared PostgreSQL. The embedded
 * one costs a server six seconds of a core at each start; a whole run with kills, and `npm start`, are on it.
 * Undefined outside of a run that has one.
 */
export async function serversDatabase(): Promise<string | undefined> {
  const maker = process.env[MAKER];
  return maker ? askForDatabase(maker) : undefined;
}
