import type { OfflineVisit } from '@gradshot/contract';
import type { Failure } from '@gradshot/domain';
import { openText, sealText } from '@gradshot/storage';
import type { Clock } from '../ground/clock.ts';
import type { Database } from './database.ts';

/**
 * `open`: the server has not been asked yet, or could not answer. `unpaid`: it has confirmed, and the order
 * waits for its fee. `conflict`: it has refused, and staff must look. What is confirmed and paid has no row.
 */
export type OfflineVisitState = 'open' | 'unpaid' | 'conflict';

export type OfflineVisitRow = {
  /** Stands in the place of an order's number. */
  readonly visitId: string;
  readonly entryId: string;
  readonly state: OfflineVisitState;
  /** Undefined where the row is damaged: its photo's label still tells it. */
  readonly visit: OfflineVisit | undefined;
  /** Once the server has told it. */
  readonly orderId: string | undefined;
  readonly failure: Failure | undefined;
  readonly attempts: number;
  readonly nextAt: number;
  /** By the station's clock, milliseconds since 1970. */
  readonly createdAt: number;
};

export type OfflineVisitTable = {
  /** A new one; of a known id what is told now counts, and it is open again. */
  save(visitId: string, visit: OfflineVisit): void;
  /** As a photo's label tells it; a row that can be read stays as it is. */
  restore(visitId: string, visit: OfflineVisit): void;
  find(visitId: string): OfflineVisitRow | undefined;
  /** The newest one of that person. */
  ofEntry(entryId: string): OfflineVisitRow | undefined;
  ofOrder(orderId: string): OfflineVisitRow | undefined;
  /** The oldest open one whose photo was handed in and whose time has come. */
  due(now: number): OfflineVisitRow | undefined;
  /** Those whose photo was handed in, what needs staff first, of very many the first. */
  handedIn(limit: number): readonly OfflineVisitRow[];
  /** How many there are, and how many of them need staff. */
  countHandedIn(): { readonly all: number; readonly conflicts: number };
  /** The one of that person whose photo was handed in. */
  handedInOf(entryId: string): OfflineVisitRow | undefined;
  /** Deletes those that came to no photo, or whose photo is gone. */
  dropIdle(): void;
  retryAt(visitId: string, at: number): void;
  unpaid(visitId: string, orderId: string): void;
  refuse(visitId: string, failure: Failure): void;
  /** The network is back: no need to wait any longer. */
  dueNow(): void;
  /** The order of what is unpaid may have changed; without a visit, of all of them. */
  askAgain(visitId?: string): void;
  remove(visitId: string): void;
};

type Row = {
  visit_id: string;
  entry_id: string;
  state: OfflineVisitState;
  visit_sealed: Buffer;
  order_id: string | null;
  failure: string | null;
  attempts: number;
  next_at: number;
  created_at: number;
};

export function createOfflineVisitTable(
  database: Database,
  key: Uint8Array,
  clock: Clock,
): OfflineVisitTable {
  const upsert = database.prepare(
    `INSERT INTO offline_visits (visit_id, entry_id, state, visit_sealed, next_at, created_at)
     VALUES (?, ?, 'open', ?, 0, ?) ON CONFLICT (visit_id) DO UPDATE SET
     state = 'open', visit_sealed = excluded.visit_sealed, failure = NULL, attempts = 0, next_at = 0`,
  );
  const select = database.prepare<[string], Row>('SELECT * FROM offline_visits WHERE visit_id = ?');
  const selectOfEntry = database.prepare<[string], Row>(
    'SELECT * FROM offline_visits WHERE entry_id = ? ORDER BY created_at DESC LIMIT 1',
  );
  const selectOfOrder = database.prepare<[string], Row>(
    'SELECT * FROM offline_visits WHERE order_id = ? LIMIT 1',
  );
  const withPhoto = (steps: string) =>
    `EXISTS (SELECT 1 FROM photos WHERE photos.order_id = visit_id
       AND pictures_deleted_at IS NULL AND step IN (${steps}))`;
  const selectDue = database.prepare<[number], Row>(
    `SELECT * FROM offline_visits WHERE state = 'open' AND next_at <= ?
     AND ${withPhoto("'handedIn'")} ORDER BY created_at, visit_id LIMIT 1`,
  );
  const selectHandedIn = database.prepare<[number], Row>(
    `SELECT * FROM offline_visits WHERE ${withPhoto("'handedIn'")}
     ORDER BY CASE state WHEN 'conflict' THEN 0 WHEN 'unpaid' THEN 1 ELSE 2 END, created_at, visit_id
     LIMIT ?`,
  );
  const countHandedIn = database.prepare<[], { all: number; conflicts: number }>(
    `SELECT count(*) AS "all", count(*) FILTER (WHERE state = 'conflict') AS conflicts
     FROM offline_visits WHERE ${withPhoto("'handedIn'")}`,
  );
  const selectHandedInOf = database.prepare<[string], Row>(
    `SELECT * FROM offline_visits WHERE entry_id = ? AND ${withPhoto("'handedIn'")}
     ORDER BY created_at, visit_id LIMIT 1`,
  );
  const dropIdle = database.prepare(
    `DELETE FROM offline_visits WHERE NOT ${withPhoto("'kept', 'judged', 'handedIn'")}`,
  );
  const postpone = database.prepare(
    'UPDATE offline_visits SET attempts = attempts + 1, next_at = ? WHERE visit_id = ?',
  );
  const confirm = database.prepare(
    "UPDATE offline_visits SET state = 'unpaid', order_id = ?, failure = NULL WHERE visit_id = ?",
  );
  const refuse = database.prepare(
    "UPDATE offline_visits SET state = 'conflict', failure = ? WHERE visit_id = ?",
  );
  const hurry = database.prepare('UPDATE offline_visits SET next_at = 0');
  const again = database.prepare<[string | null]>(
    `UPDATE offline_visits SET state = 'open', attempts = 0, next_at = 0
     WHERE state = 'unpaid' AND visit_id = coalesce(?, visit_id)`,
  );
  const remove = database.prepare('DELETE FROM offline_visits WHERE visit_id = ?');
  const read = (row: Row) => visitRow(row, key);
  const readOne = (row: Row | undefined) => row && read(row);
  const save: OfflineVisitTable['save'] = (visitId, visit) => {
    const sealed = sealText(key, JSON.stringify(visit), contextOf(visitId));
    upsert.run(visitId, visit.entryId, sealed, clock.now());
  };
  return {
    save,
    restore(visitId, visit) {
      if (readOne(select.get(visitId))?.visit === undefined) save(visitId, visit);
    },
    find: (visitId) => readOne(select.get(visitId)),
    ofEntry: (entryId) => readOne(selectOfEntry.get(entryId)),
    ofOrder: (orderId) => readOne(selectOfOrder.get(orderId)),
    due: (now) => readOne(selectDue.get(now)),
    handedIn: (limit) => selectHandedIn.all(limit).map(read),
    countHandedIn: () => countHandedIn.get() ?? { all: 0, conflicts: 0 },
    handedInOf: (entryId) => readOne(selectHandedInOf.get(entryId)),
    dropIdle: () => {
      dropIdle.run();
    },
    retryAt: (visitId, at) => {
      postpone.run(at, visitId);
    },
    unpaid: (visitId, orderId) => {
      confirm.run(orderId, visitId);
    },
    refuse: (visitId, failure) => {
      refuse.run(JSON.stringify(failure), visitId);
    },
    dueNow: () => {
      hurry.run();
    },
    askAgain: (visitId) => {
      again.run(visitId ?? null);
    },
    remove: (visitId) => {
      remove.run(visitId);
    },
  };
}

const contextOf = (visitId: string) => `offlineVisits.visit.${visitId}`;

function visitRow(row: Row, key: Uint8Array): OfflineVisitRow {
  const { visit_id: visitId, entry_id: entryId, state, attempts } = row;
  return {
    ...{ visitId, entryId, state, attempts, nextAt: row.next_at, createdAt: row.created_at },
    visit: opened(row, key),
    orderId: row.order_id ?? undefined,
    failure: row.failure === null ? undefined : (JSON.parse(row.failure) as Failure),
  };
}

function opened(row: Row, key: Uint8Array): OfflineVisit | undefined {
  try {
    return JSON.parse(openText(key, row.visit_sealed, contextOf(row.visit_id)));
  } catch {
    return undefined;
  }
}
