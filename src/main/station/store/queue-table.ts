import type { QueueState } from '@gradshot/domain';
import { openText, sealText } from '@gradshot/storage';
import type { Database } from './database.ts';

/** What is known of somebody in the queue; sealed at rest. */
export type QueuePerson = {
  /** The 采集码; absent where it must be shown (again). */
  readonly payload?: string;
  /** The same, where it is bytes and no text. */
  readonly payloadBase64?: string;
  readonly maskedName?: string;
  readonly maskedIdNumber?: string;
  /** Of the school's roster, where they were found there. */
  readonly entryId?: string;
  /** The same for one person, whatever they were found by. */
  readonly personId?: string;
  /** What their visit is about, where that is known before. */
  readonly orderId?: string;
  /** 到场 by phone. */
  readonly arrivalId?: string;
};

export type QueueRow = {
  readonly id: string;
  readonly place: number;
  readonly state: QueueState;
  readonly person: QueuePerson;
  /** By the station's clock, ISO 8601. */
  readonly checkedInAt: string;
  readonly stateAt: string;
};

export type QueueTable = {
  /** By place. */
  all(): readonly QueueRow[];
  /** Writes them as they are now, new or known, together. */
  save(rows: readonly QueueRow[]): void;
  /**
   * Deletes whoever was there on a day of the server's before `day` (`YYYY-MM-DD`), but for a visit under
   * way; who is told of for the first time counts as of that day. Returns whether there were any.
   */
  forget(day: string): boolean;
};

type Stored = {
  id: string;
  place: number;
  state: QueueState;
  person_sealed: Buffer;
  checked_in_at: string;
  state_at: string;
};

export function createQueueTable(database: Database, key: Uint8Array): QueueTable {
  const select = database.prepare<[], Stored>('SELECT * FROM queue ORDER BY place');
  const upsert = database.prepare(
    `INSERT INTO queue (id, place, state, person_sealed, checked_in_at, state_at)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
     state = excluded.state, person_sealed = excluded.person_sealed, state_at = excluded.state_at`,
  );
  const age = database.prepare<[string]>('UPDATE queue SET aged_on = ? WHERE aged_on IS NULL');
  const drop = database.prepare<[string]>(
    "DELETE FROM queue WHERE aged_on < ? AND state <> 'inVisit'",
  );
  return {
    all: () => select.all().map((row) => opened(row, key)),
    save: database.transaction((rows: readonly QueueRow[]) => {
      for (const { id, place, state, person, checkedInAt, stateAt } of rows) {
        const sealed = sealText(key, JSON.stringify(person), context(id));
        upsert.run(id, place, state, sealed, checkedInAt, stateAt);
      }
    }),
    forget: database.transaction((day: string) => {
      age.run(day);
      return drop.run(day).changes > 0;
    }),
  };
}

const context = (id: string) => `queue.person.${id}`;

function opened(row: Stored, key: Uint8Array): QueueRow {
  const { id, place, state, checked_in_at: checkedInAt, state_at: stateAt } = row;
  return { ...{ id, place, state, checkedInAt, stateAt }, person: personOf(row, key) };
}

/** A damaged one keeps number and place, and shows the code again. */
function personOf({ id, person_sealed: sealed }: Stored, key: Uint8Array): QueuePerson {
  try {
    return JSON.parse(openText(key, sealed, context(id)));
  } catch {
    return {};
  }
}
