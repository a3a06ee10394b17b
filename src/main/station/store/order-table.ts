import type { OrderState } from '@gradshot/domain';
import { sealText } from '@gradshot/storage';
import type { OrderView, ReasonView, StudentView } from '../../../shared/index.ts';
import type { Database } from './database.ts';

/** What the server last told of an order. */
export type OrderChange = {
  readonly orderId: string;
  readonly state: OrderState;
  readonly photoId?: string | undefined;
  readonly promisedAt?: string | undefined;
  readonly reasons: readonly ReasonView[];
  readonly at: string;
};

/** Absent fields were never known, as after a rebuild from a label. */
export type OrderFacts = Partial<Omit<OrderView, 'orderId' | 'state'>>;

/** Orders with a shot on this station; of others nothing is kept. */
export type OrderTable = {
  /** `order.state` must be the server's, not counting local work. */
  remember(order: OrderView, student: StudentView): void;
  serverState(orderId: string): OrderState | undefined;
  orderNo(orderId: string): string | undefined;
  /** Ignores orders that are not kept here. */
  apply(change: OrderChange): void;
  /** Makes a row for an order of which only a photo's label is left; its state is pulled anew. */
  rebuild(orderId: string, orderNo: string): void;
  /** Of an offline visit, which was none of the server's. */
  remove(orderId: string): void;
  /** What the screen was shown of it last. */
  facts(orderId: string): OrderFacts | undefined;
  /** Deletes the personal part. */
  forgetStudent(orderId: string): void;
  checkpoint(): number;
  setCheckpoint(sequence: number): void;
};

export function createOrderTable(database: Database, key: Uint8Array): OrderTable {
  const insert = database.prepare(
    `INSERT INTO orders (order_id, order_no, state, state_at, facts, student_sealed)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (order_id) DO UPDATE SET
     facts = excluded.facts, student_sealed = excluded.student_sealed`,
  );
  const insertBare = database.prepare(
    `INSERT INTO orders (order_id, order_no, state, state_at, facts)
     VALUES (?, ?, 'pendingCapture', 0, '{}') ON CONFLICT (order_id) DO NOTHING`,
  );
  const selectState = database
    .prepare<[string], OrderState>('SELECT state FROM orders WHERE order_id = ?')
    .pluck();
  const selectNo = database
    .prepare<[string], string>('SELECT order_no FROM orders WHERE order_id = ?')
    .pluck();
  const update = database.prepare(
    'UPDATE orders SET state = ?, state_at = ? WHERE order_id = ? AND state <> ?',
  );
  const remove = database.prepare('DELETE FROM orders WHERE order_id = ?');
  const selectFacts = database
    .prepare<[string], string>('SELECT facts FROM orders WHERE order_id = ?')
    .pluck();
  const forget = database.prepare('UPDATE orders SET student_sealed = NULL WHERE order_id = ?');
  const selectCheckpoint = database
    .prepare<[], number>("SELECT checkpoint FROM sync WHERE stream = 'orders'")
    .pluck();
  const upsertCheckpoint = database.prepare(
    `INSERT INTO sync (stream, checkpoint) VALUES ('orders', ?)
     ON CONFLICT (stream) DO UPDATE SET checkpoint = excluded.checkpoint`,
  );
  return {
    remember(order, student) {
      const { orderId, orderNo, state, updatedAt, ...facts } = order;
      const sealed = sealText(key, JSON.stringify(student), `orders.student.${orderId}`);
      const at = Date.parse(updatedAt);
      insert.run(orderId, orderNo, state, at, JSON.stringify(facts), sealed);
    },
    serverState: (orderId) => selectState.get(orderId),
    orderNo: (orderId) => selectNo.get(orderId),
    apply: ({ orderId, state, at }) => {
      update.run(state, Date.parse(at), orderId, state);
    },
    rebuild: (orderId, orderNo) => {
      insertBare.run(orderId, orderNo);
    },
    remove: (orderId) => {
      remove.run(orderId);
    },
    facts: (orderId) => {
      const facts = selectFacts.get(orderId);
      return facts === undefined ? undefined : JSON.parse(facts);
    },
    forgetStudent: (orderId) => {
      forget.run(orderId);
    },
    checkpoint: () => selectCheckpoint.get() ?? 0,
    setCheckpoint: (sequence) => {
      upsertCheckpoint.run(sequence);
    },
  };
}
