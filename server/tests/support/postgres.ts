import { inject } from 'vitest';
import { askForDatabase } from './postgres-maker-process.ts';

/** The address of an empty database on a real PostgreSQL. */
export function newPostgresDatabase(): Promise<string> {
  return askForDatabase(inject('postgresMaker'));
}
