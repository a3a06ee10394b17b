import type { OfflineBatch, OfflinePerson, RouteOutput } from '@gradshot/contract';
import { type LastFourTries, NO_TRIES } from '@gradshot/domain';
import { openText, sealText } from '@gradshot/storage';
import type { Database } from './database.ts';

/** What is known of the roster as a whole; sealed with the settings. */
export type OfflineRosterHead = {
  readonly version: string;
  /** Of its digests. */
  readonly key: string;
  readonly school: string;
  /** As whom the station fetched it. */
  readonly enrolled: { readonly school: string; readonly serverUrl: string };
  readonly batches: readonly OfflineBatch[];
  readonly service: RouteOutput<'readOfflineRoster'>['service'];
  /** Whose rows are its own; another one is being fetched, or was left behind. */
  readonly generation: number;
  readonly people: number;
  /** When the server last said that this is the one, by the station's clock. */
  readonly toldAt: number;
};

export type OfflineRosterTable = {
  add(generation: number, people: readonly OfflinePerson[]): void;
  /** Everybody with that digest. */
  found(generation: number, digest: string): readonly OfflinePerson[];
  person(generation: number, entryId: string): OfflinePerson | undefined;
  /** Deletes every other roster; without a number all of them, with the tries. */
  keepOnly(generation?: number): void;
  tries(entryId: string): LastFourTries;
  saveTries(entryId: string, tries: LastFourTries): void;
};

type Sealed = { sealed: Buffer };
type TriesRow = { wrong_count: number; last_wrong_at: number | null; locked_until: number | null };

export function createOfflineRosterTable(database: Database, key: Uint8Array): OfflineRosterTable {
  const insertPerson = database.prepare(
    'INSERT OR REPLACE INTO offline_people (generation, entry_id, sealed) VALUES (?, ?, ?)',
  );
  const insertFinder = database.prepare(
    'INSERT OR IGNORE INTO offline_finders (generation, digest, entry_id) VALUES (?, ?, ?)',
  );
  const selectFound = database.prepare<[number, string], Sealed>(
    `SELECT sealed FROM offline_people JOIN offline_finders USING (generation, entry_id)
     WHERE generation = ? AND digest = ? ORDER BY entry_id`,
  );
  const selectPerson = database.prepare<[number, string], Sealed>(
    'SELECT sealed FROM offline_people WHERE generation = ? AND entry_id = ?',
  );
  const dropPeople = database.prepare('DELETE FROM offline_people WHERE generation <> ?');
  const dropFinders = database.prepare('DELETE FROM offline_finders WHERE generation <> ?');
  const dropTries = database.prepare('DELETE FROM offline_tries');
  const selectTries = database.prepare<[string], TriesRow>(
    'SELECT wrong_count, last_wrong_at, locked_until FROM offline_tries WHERE entry_id = ?',
  );
  const upsertTries = database.prepare('INSERT OR REPLACE INTO offline_tries VALUES (?, ?, ?, ?)');
  return {
    add: database.transaction((generation: number, people: readonly OfflinePerson[]) => {
      for (const person of people) {
        const { entryId, finders } = person;
        insertPerson.run(generation, entryId, sealText(key, JSON.stringify(person), CONTEXT));
        for (const digest of finders) insertFinder.run(generation, digest, entryId);
      }
    }),
    found: (generation, digest) =>
      selectFound.all(generation, digest).flatMap((row) => opened(key, row) ?? []),
    person: (generation, entryId) => opened(key, selectPerson.get(generation, entryId)),
    keepOnly: database.transaction((generation?: number) => {
      dropPeople.run(generation ?? NONE);
      dropFinders.run(generation ?? NONE);
      if (generation === undefined) dropTries.run();
    }),
    tries(entryId) {
      const row = selectTries.get(entryId);
      if (!row) return NO_TRIES;
      return {
        wrongCount: row.wrong_count,
        lastWrongAt: dateOf(row.last_wrong_at),
        lockedUntil: dateOf(row.locked_until),
      };
    },
    saveTries(entryId, { wrongCount, lastWrongAt, lockedUntil }) {
      const times = [lastWrongAt?.getTime() ?? null, lockedUntil?.getTime() ?? null];
      upsertTries.run(entryId, wrongCount, ...times);
    },
  };
}

/** No roster has it: they are counted from 1. */
const NONE = 0;
const CONTEXT = 'offlinePeople';

const dateOf = (time: number | null) => (time === null ? null : new Date(time));

/** Who is damaged is not found, and fetched again with the next roster. */
function opened(key: Uint8Array, row: Sealed | undefined): OfflinePerson | undefined {
  if (!row) return undefined;
  try {
    return JSON.parse(openText(key, row.sealed, CONTEXT));
  } catch {
    return undefined;
  }
}
