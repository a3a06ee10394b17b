import { describe } from 'vitest';
import { createLocalBus } from '../../src/happenings/local-bus.ts';
import type { StorageOf } from '../../src/ports/ground/storage.ts';
import { createStorage } from '../../src/repositories/index.ts';
import { createInMemoryStorage, type InMemoryRepositories } from '../in-memory/storage.ts';
import { describeOnBothDatabases } from './databases.ts';

export type TestedStorage = StorageOf<InMemoryRepositories>;

/** Runs the same tests in memory, on the embedded database and on a real PostgreSQL. */
export function describeOnEveryStorage(
  name: string,
  tests: (storage: () => TestedStorage) => void,
): void {
  describe(`${name} (in memory)`, () => {
    const storage = createInMemoryStorage();
    tests(() => storage);
  });
  describeOnBothDatabases(name, (db) => {
    let storage: TestedStorage | undefined;
    tests(() => (storage ??= createStorage(db(), createLocalBus())));
  });
}
