import { mkdir } from 'node:fs/promises';
import { PGlite, type PGliteOptions, types as pgliteTypes } from '@electric-sql/pglite';
import { CamelCasePlugin, type Dialect, Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db, Tables } from './schema.ts';

export type DatabaseLocation =
  /** A PostgreSQL server, e.g. `postgres://user:password@host/database`. */
  | { readonly url: string; readonly poolSize?: number }
  /** The embedded database in that folder; in memory without one. */
  | { readonly dataDir?: string };

export type OpenDatabase = {
  readonly db: Db;
  /** The embedded engine itself, for what shares it; undefined on a PostgreSQL server. */
  readonly pglite: PGlite | undefined;
};

/** Connections of one server process; PostgreSQL allows 100 in all by default. */
const POOL_SIZE = 10;

export async function openDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  if ('url' in location) return { db: kysely(postgresDialect(location)), pglite: undefined };
  const { dataDir } = location;
  if (dataDir) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return openEmbedded(dataDir ? { dataDir } : {});
}

/** The embedded engine with those options of its own. */
export async function openEmbedded(options: PGliteOptions): Promise<OpenDatabase> {
  const parsers = { [pgliteTypes.INT8]: Number };
  const pglite = await PGlite.create({ ...options, parsers });
  return { db: kysely(new PGliteDialect({ pglite })), pglite };
}

function kysely(dialect: Dialect): Db {
  return new Kysely<Tables>({
    dialect,
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

function postgresDialect(location: { url: string; poolSize?: number }): Dialect {
  const pool = new pg.Pool({
    connectionString: location.url,
    max: location.poolSize ?? POOL_SIZE,
    types: { getTypeParser: typeParser as typeof pg.types.getTypeParser },
  });
  // An idle connection that breaks is replaced by the next query; unhandled it would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}

/** bigint is a string in `pg` and a number in PGlite: ours are sequences, far below 2^53. */
function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === pg.types.builtins.INT8 && format !== 'binary') return Number;
  return pg.types.getTypeParser(oid, format as 'text');
}
