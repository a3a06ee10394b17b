import type {
  OrderRecord,
  OrderRepository,
  OrderView,
} from '../../src/ports/order-life/order-repository.ts';
import { append, firstOf, newestFirst, patch, rowsOf, sortedBy, type Tables } from './tables.ts';

const isLive = ({ state }: OrderRecord) => state !== 'cancelled' && state !== 'refunded';

export function inMemoryOrders(tables: Tables): OrderRepository {
  const { orders, orderEvents, orderChanges, consents } = tables;
  return {
    find: async (id) => viewOf(tables, orders.get(id)),
    lock: async (id) => orders.get(id),
    listOfStudent: async (studentId) =>
      newestFirst(
        rowsOf(orders, (order) => order.studentId === studentId),
        ({ createdAt }) => createdAt,
      ).flatMap((order) => viewOf(tables, order) ?? []),
    findLive: async (studentId) =>
      firstOf(orders, (order) => order.studentId === studentId && isLive(order)),
    async insert(order) {
      const clash = firstOf(
        orders,
        (other) =>
          other.id === order.id ||
          other.orderNo === order.orderNo ||
          (other.studentId === order.studentId && isLive(other) && isLive(order)),
      );
      if (!clash) orders.set(order.id, order);
      return !clash;
    },
    async update(id, from, change) {
      if (orders.get(id)?.state !== from) return false;
      patch(orders, id, change);
      return true;
    },
    addEvent: async (event) => append(orderEvents, event),
    history: async (orderId) => rowsOf(orderEvents, (event) => event.orderId === orderId),
    async addChange(change) {
      if (!tables.schools.has(change.schoolId)) throw new Error('no such school');
      const earlier = rowsOf(orderChanges, ({ schoolId }) => schoolId === change.schoolId);
      append(orderChanges, { ...change, sequence: earlier.length + 1 });
    },
    changesAfter: async (schoolId, after, limit) =>
      sortedBy(
        rowsOf(orderChanges, (change) => change.schoolId === schoolId && change.sequence > after),
        ({ sequence }) => sequence,
      ).slice(0, limit),
    addConsent: async (consent) => append(consents, consent),
    async consents(orderId) {
      const given = rowsOf(consents, (consent) => consent.orderId === orderId);
      const distinct = new Map(
        given.map(({ kind, version }) => [`${kind} ${version}`, { kind, version }]),
      );
      return [...distinct.values()];
    },
  };
}

function viewOf(
  { batches, schools }: Tables,
  order: OrderRecord | undefined,
): OrderView | undefined {
  const batch = order && batches.get(order.batchId);
  const school = order && schools.get(order.schoolId);
  return batch && school && { ...order, batchName: batch.name, school: school.name };
}
