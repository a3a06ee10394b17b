import type { DeliveryState, Failure } from '@gradshot/domain';
import type { OutboxEntryView } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';
import type { Database } from './database.ts';

/** `deliver` sends the photo, `handIn` its 提交; `takeBack` recalls what was replaced. */
export type DeliveryKind = 'deliver' | 'handIn' | 'takeBack';

export type Delivery = {
  readonly id: number;
  readonly kind: DeliveryKind;
  readonly orderId: string;
  readonly photoId: string;
  readonly attempts: number;
};

/** Photos, not rows: one that was handed in has two. */
export type OutboxCounts = { readonly waiting: number; readonly parked: number };

/** Work that must reach the server, in order within each order. What is open is never deleted. */
export type Outbox = {
  /** To be called inside the transaction that accepts the work. */
  add(kind: DeliveryKind, orderId: string, photoId: string): void;
  /** As `add`, unless there is such an open row, or the photo was delivered. */
  ensure(kind: DeliveryKind, orderId: string, photoId: string): void;
  /** The order's oldest open row, when its time has come and it is not parked. */
  due(now: number): readonly Delivery[];
  /** When the next row becomes due, or undefined. */
  nextAt(): number | undefined;
  sending(id: number): void;
  done(id: number): void;
  /** Its photo was replaced while it was being sent. */
  dropped(id: number): void;
  retryAt(id: number, at: number, error: Failure): void;
  park(id: number, error: Failure): void;
  /** Staff had a look: try again now. False when there is no such parked row. */
  unpark(id: number): boolean;
  /** Rows that say they are being sent although none of these orders' work is running. */
  releaseStuck(runningOrders: readonly string[]): void;
  /** Rows parked by a failure that may pass by itself, and rows a crash left in mid-air. */
  reopenAtStart(isPassing: (code: string) => boolean): void;
  /** The network is back, or the clock was set back: no need to wait any longer. */
  dueNow(): void;
  /** Puts a finished upload of the photo before its submission again. */
  repeatUpload(photoId: string): void;
  /**
   * Calls off what has not been sent of a photo. True when the server may have it nevertheless.
   * To be called inside the transaction that replaces the photo.
   */
  callOff(photoId: string): boolean;
  /** The photo's rows, once it is known whose order it belongs to. */
  readdress(photoId: string, orderId: string): void;
  /** Every row of one order is another's from now on. */
  readdressAll(from: string, to: string): void;
  counts(): OutboxCounts;
  /** Without what waits for its visit to be confirmed. */
  list(): readonly OutboxEntryView[];
  delivery(photoId: string): DeliveryState;
};

type Row = {
  id: number;
  kind: DeliveryKind;
  order_id: string;
  photo_id: string;
  attempts: number;
};
type ListRow = Row & {
  order_no: string;
  state: 'queued' | 'sending' | 'parked';
  last_error: string | null;
  created_at: number;
};

const OPEN = "state IN ('queued', 'sending', 'parked')";
/** What was taken offline has no order yet that it could be sent to. */
const ADDRESSED = 'order_id NOT IN (SELECT visit_id FROM offline_visits)';

export function createOutbox(database: Database, clock: Clock): Outbox {
  const insert = database.prepare(
    "INSERT INTO outbox (kind, order_id, photo_id, state, next_at, created_at) VALUES (?, ?, ?, 'queued', ?, ?)",
  );
  const insertMissing = database.prepare(
    `INSERT INTO outbox (kind, order_id, photo_id, state, next_at, created_at)
     SELECT @kind, @orderId, @photoId, 'queued', @now, @now WHERE NOT EXISTS
       (SELECT 1 FROM outbox WHERE photo_id = @photoId AND kind = @kind
         AND (state IN ('queued', 'sending', 'parked') OR (state = 'done' AND kind = 'deliver')))`,
  );
  const heads = `SELECT min(id) FROM outbox WHERE ${OPEN} AND ${ADDRESSED} GROUP BY order_id`;
  const selectDue = database.prepare<[number], Row>(
    `SELECT id, kind, order_id, photo_id, attempts FROM outbox
     WHERE id IN (${heads}) AND state = 'queued' AND next_at <= ? ORDER BY next_at, id`,
  );
  const selectNext = database
    .prepare<[], number | null>(
      `SELECT min(next_at) FROM outbox WHERE id IN (${heads}) AND state = 'queued'`,
    )
    .pluck();
  const setState = database.prepare(
    'UPDATE outbox SET state = ?, last_error = ?, finished_at = ? WHERE id = ?',
  );
  const retry = database.prepare(
    "UPDATE outbox SET state = 'queued', attempts = attempts + 1, next_at = ?, last_error = ? WHERE id = ? AND state = 'sending'",
  );
  const parkRow = database.prepare(
    "UPDATE outbox SET state = 'parked', attempts = attempts + 1, last_error = ? WHERE id = ? AND state = 'sending'",
  );
  const reopen = database.prepare(
    "UPDATE outbox SET state = 'queued', next_at = ? WHERE id = ? AND state = 'parked'",
  );
  const reopenSending = database.prepare(
    "UPDATE outbox SET state = 'queued', attempts = attempts + 1, next_at = ? WHERE state = 'sending'",
  );
  const release = database.prepare(
    `UPDATE outbox SET state = 'queued', attempts = attempts + 1, next_at = ?
     WHERE state = 'sending' AND order_id NOT IN (SELECT value FROM json_each(?))`,
  );
  const hurry = database.prepare("UPDATE outbox SET next_at = ? WHERE state = 'queued'");
  const again = database.prepare(
    "UPDATE outbox SET state = 'queued', next_at = ? WHERE photo_id = ? AND kind = 'deliver' AND state = 'done'",
  );
  const selectList = database.prepare<[], ListRow>(
    `SELECT outbox.*, orders.order_no FROM outbox JOIN orders USING (order_id)
     WHERE outbox.${OPEN} AND ${ADDRESSED} ORDER BY outbox.id`,
  );
  const selectCounts = database.prepare<[], { waiting: number; parked: number }>(
    `SELECT count(DISTINCT photo_id) AS waiting,
       count(DISTINCT photo_id) FILTER (WHERE state = 'parked') AS parked
     FROM outbox WHERE ${OPEN}`,
  );
  const selectStates = database
    .prepare<[string], string>(`SELECT state FROM outbox WHERE photo_id = ? AND ${OPEN}`)
    .pluck();

  const readdress = database.prepare('UPDATE outbox SET order_id = ? WHERE photo_id = ?');
  const readdressAll = database.prepare('UPDATE outbox SET order_id = ? WHERE order_id = ?');
  const callOff = database.prepare(
    "UPDATE outbox SET state = 'replaced', finished_at = ? WHERE photo_id = ? AND state IN ('queued', 'parked')",
  );
  const selectTried = database
    .prepare<[string], number>(
      "SELECT count(*) FROM outbox WHERE photo_id = ? AND kind = 'deliver' AND (attempts > 0 OR state IN ('sending', 'done'))",
    )
    .pluck();

  return {
    add: (kind, orderId, photoId) => {
      const now = clock.now();
      insert.run(kind, orderId, photoId, now, now);
    },
    ensure: (kind, orderId, photoId) => {
      insertMissing.run({ kind, orderId, photoId, now: clock.now() });
    },
    due: (now) => selectDue.all(now).map(delivery),
    nextAt: () => selectNext.get() ?? undefined,
    sending: (id) => {
      setState.run('sending', null, null, id);
    },
    done: (id) => {
      setState.run('done', null, clock.now(), id);
    },
    dropped: (id) => {
      setState.run('replaced', null, clock.now(), id);
    },
    retryAt: (id, at, error) => {
      retry.run(at, JSON.stringify(error), id);
    },
    park: (id, error) => {
      parkRow.run(JSON.stringify(error), id);
    },
    unpark: (id) => reopen.run(clock.now(), id).changes > 0,
    releaseStuck: (runningOrders) => {
      release.run(clock.now(), JSON.stringify(runningOrders));
    },
    reopenAtStart: (isPassing) => {
      reopenSending.run(clock.now());
      for (const row of selectList.all()) {
        const error = row.last_error && (JSON.parse(row.last_error) as Failure);
        if (row.state === 'parked' && error && isPassing(error.code))
          reopen.run(clock.now(), row.id);
      }
    },
    dueNow: () => {
      hurry.run(clock.now());
    },
    repeatUpload: (photoId) => {
      again.run(clock.now(), photoId);
    },
    callOff: (photoId) => {
      callOff.run(clock.now(), photoId);
      return (selectTried.get(photoId) ?? 0) > 0;
    },
    readdress: (photoId, orderId) => {
      readdress.run(orderId, photoId);
    },
    readdressAll: (from, to) => {
      readdressAll.run(to, from);
    },
    counts: () => selectCounts.get() ?? { waiting: 0, parked: 0 },
    list: () => selectList.all().map(entry),
    delivery: (photoId) => deliveryOf(selectStates.all(photoId)),
  };
}

function delivery(row: Row): Delivery {
  const { id, kind, order_id: orderId, photo_id: photoId, attempts } = row;
  return { id, kind, orderId, photoId, attempts };
}

function entry(row: ListRow): OutboxEntryView {
  const error = row.last_error ? (JSON.parse(row.last_error) as Failure) : undefined;
  return {
    id: String(row.id),
    kind: row.kind,
    orderNo: row.order_no,
    attempts: row.attempts,
    state: row.state,
    createdAt: new Date(row.created_at).toISOString(),
    ...(error ? { lastError: error.code } : {}),
    ...(error?.details ? { lastErrorDetails: error.details } : {}),
  };
}

function deliveryOf(states: readonly string[]): DeliveryState {
  if (states.includes('parked')) return 'parked';
  if (states.includes('sending')) return 'sending';
  return states.length > 0 ? 'queued' : 'arrived';
}
