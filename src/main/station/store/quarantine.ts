import type { Clock } from '../ground/clock.ts';
import type { Database } from './database.ts';

/** Why a sealed object could not be put back among the photos. */
export type QuarantineReason =
  /** It cannot be opened: cut short, altered, or sealed by another key. */
  | 'damaged'
  /** It says nothing of itself, and no photo is known to be made of it. */
  | 'unlabelled'
  /** The other picture of its photo is gone or damaged. */
  | 'incomplete'
  /** A later shot of the order took its place before it was handed in. */
  | 'overtaken';

/**
 * Sealed objects that no photo explains. They stay where they lie and are looked at again at every
 * start; they go only when weeks by the server's clock have passed, and that is recorded.
 */
export type Quarantine = {
  /** What is in it from now on: the findings of this start. */
  replaceAll(found: ReadonlyMap<string, QuarantineReason>): void;
  /** As `PhotoTable.startAgeing`. */
  startAgeing(serverNow: number): void;
  /** In it since before `before`, by the server's clock. */
  keptSince(before: number): readonly string[];
  remove(file: string): void;
  count(): number;
};

export function createQuarantine(database: Database, clock: Clock): Quarantine {
  const insert = database.prepare(
    'INSERT INTO quarantine (file, reason, found_at) VALUES (?, ?, ?) ON CONFLICT (file) DO NOTHING',
  );
  const select = database.prepare<[], string>('SELECT file FROM quarantine').pluck();
  const selectKept = database
    .prepare<[number], string>('SELECT file FROM quarantine WHERE aged_from <= ?')
    .pluck();
  const age = database.prepare('UPDATE quarantine SET aged_from = ? WHERE aged_from IS NULL');
  const drop = database.prepare('DELETE FROM quarantine WHERE file = ?');
  const count = database.prepare<[], number>('SELECT count(*) FROM quarantine').pluck();
  return {
    replaceAll: database.transaction((found: ReadonlyMap<string, QuarantineReason>) => {
      for (const file of select.all()) if (!found.has(file)) drop.run(file);
      for (const [file, reason] of found) insert.run(file, reason, clock.now());
    }),
    startAgeing: (serverNow) => {
      age.run(serverNow);
    },
    keptSince: (before) => selectKept.all(before),
    remove: (file) => {
      drop.run(file);
    },
    count: () => count.get() ?? 0,
  };
}
