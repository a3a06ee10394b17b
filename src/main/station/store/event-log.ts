import type { Clock } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { Database } from './database.ts';

export type StationEvent = {
  readonly at: number;
  readonly kind: string;
  /** Ids and codes only; never a name, a number or a picture. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
};

/** Newest events that stay: looks at pictures of a season or more, in some 15 MB. */
export const KEPT_EVENTS = 100_000;
/** Events between two prunings, so that few writes are longer than others. */
const PRUNED_EVERY = 1000;

/**
 * What happened on this station: looks at pictures, deletions, parked work, enrolments. Bounded by
 * number and not by age, for the station's clock may be wrong.
 */
export type EventLog = {
  /** Must be written, or what it tells of must not happen: throws when the disk is full. */
  record(kind: string, facts?: StationEvent['facts']): void;
  /** Good to know: what cannot be written is left out and logged, for what it tells of has happened. */
  note(kind: string, facts?: StationEvent['facts']): void;
  /** Newest first. */
  latest(limit: number): readonly StationEvent[];
  /** Of one kind, oldest first; from `from` on and before `until`, in milliseconds since 1970. */
  between(kind: string, from: number, until: number): readonly StationEvent[];
};

type Row = { at: number; kind: string; facts: string };

export function createEventLog(database: Database, clock: Clock, log: Log): EventLog {
  const insert = database.prepare('INSERT INTO events (at, kind, facts) VALUES (?, ?, ?)');
  const select = database.prepare<[number], Row>(
    'SELECT at, kind, facts FROM events ORDER BY id DESC LIMIT ?',
  );
  const selectBetween = database.prepare<[number, number, string], Row>(
    'SELECT at, kind, facts FROM events WHERE at >= ? AND at < ? AND kind = ? ORDER BY id',
  );
  const prune = database.prepare<[number]>('DELETE FROM events WHERE id <= ?');
  const write = database.transaction((kind: string, facts: string) => {
    const id = Number(insert.run(clock.now(), kind, facts).lastInsertRowid);
    if (id % PRUNED_EVERY === 0) prune.run(id - KEPT_EVENTS);
  });
  const record: EventLog['record'] = (kind, facts = {}) => write(kind, JSON.stringify(facts));
  return {
    record,
    note: (kind, facts) => {
      try {
        record(kind, facts);
      } catch (error) {
        log('error', 'An event could not be written', { event: kind, error: String(error) });
      }
    },
    latest: (limit) => select.all(limit).map(event),
    between: (kind, from, until) => selectBetween.all(from, until, kind).map(event),
  };
}

function event({ at, kind, facts }: Row): StationEvent {
  return { at, kind, facts: JSON.parse(facts) };
}
