import type { Migration } from 'kysely/migration';
import * as firstRun from './0001-first-run.ts';

/** Every migration by its number; applied in this order, never changed once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-first-run': firstRun,
};
