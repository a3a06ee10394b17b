import { statesIn } from '@gradshot/domain';
import type { Db } from '../database/schema.ts';
import type { OrderRepository } from '../ports/order-life/order-repository.ts';

export function orderRepository(db: Db): OrderRepository {
  return {
    find: (id) => views(db).where('orders.id', '=', id).executeTakeFirst(),
    lock: (id) =>
      db.selectFrom('orders').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    listOfStudent: (studentId) =>
      views(db)
        .where('orders.studentId', '=', studentId)
        .orderBy('orders.createdAt', 'desc')
        .execute(),
    findLive: (studentId) =>
      db
        .selectFrom('orders')
        .selectAll()
        .where('studentId', '=', studentId)
        .where('state', 'not in', statesIn('ended'))
        .executeTakeFirst(),
    async insert(order) {
      const result = await db
        .insertInto('orders')
        .values({ ...order, reasons: JSON.stringify(order.reasons) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) === 1;
    },
    async update(id, from, { reasons, ...patch }) {
      const result = await db
        .updateTable('orders')
        .set({ ...patch, ...(reasons ? { reasons: JSON.stringify(reasons) } : {}) })
        .where('id', '=', id)
        .where('state', '=', from)
        .executeTakeFirst();
      return Number(result.numUpdatedRows) === 1;
    },
    ...historyMethods(db),
    ...changeMethods(db),
    async addConsent(consent) {
      await db.insertInto('consents').values(consent).execute();
    },
    consents: (orderId) =>
      db
        .selectFrom('consents')
        .select(['kind', 'version'])
        .distinct()
        .where('orderId', '=', orderId)
        .execute(),
  };
}

function views(db: Db) {
  return db
    .selectFrom('orders')
    .innerJoin('batches', 'batches.id', 'orders.batchId')
    .innerJoin('schools', 'schools.id', 'orders.schoolId')
    .selectAll('orders')
    .select(['batches.name as batchName', 'schools.name as school']);
}

function historyMethods(db: Db): Pick<OrderRepository, 'addEvent' | 'history'> {
  return {
    async addEvent(event) {
      await db
        .insertInto('orderEvents')
        .values({ ...event, details: JSON.stringify(event.details) })
        .execute();
    },
    history: (orderId) =>
      db
        .selectFrom('orderEvents')
        .select(['orderId', 'at', 'event', 'fromState', 'toState', 'actor', 'actorId', 'details'])
        .where('orderId', '=', orderId)
        .orderBy('id')
        .execute(),
  };
}

function changeMethods(db: Db): Pick<OrderRepository, 'addChange' | 'changesAfter'> {
  return {
    async addChange(change) {
      // The school's row stays locked until commit: sequences become visible in their order, so
      // that a station that pulls by checkpoint never skips one that commits late.
      const { lastChange } = await db
        .updateTable('schools')
        .set((eb) => ({ lastChange: eb('lastChange', '+', 1) }))
        .where('id', '=', change.schoolId)
        .returning('lastChange')
        .executeTakeFirstOrThrow();
      await db
        .insertInto('orderChanges')
        .values({ ...change, sequence: lastChange, reasons: JSON.stringify(change.reasons) })
        .execute();
    },
    changesAfter: (schoolId, after, limit) =>
      db
        .selectFrom('orderChanges')
        .selectAll()
        .where('schoolId', '=', schoolId)
        .where('sequence', '>', after)
        .orderBy('sequence')
        .limit(limit)
        .execute(),
  };
}
