import type { DeskPaymentMethod } from '@gradshot/domain';
import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { SchoolScope } from '../ports/access/school-scope.ts';
import type { DeskTakingsRow, PaymentRepository } from '../ports/payments/payment-repository.ts';
import { within } from './school-scope.ts';

export function paymentRepository(db: Db): PaymentRepository {
  const payments = () => db.selectFrom('payments').selectAll('payments');
  return {
    find: (id) => payments().where('id', '=', id).executeTakeFirst(),
    findByKey: (key) =>
      payments()
        .innerJoin('paymentKeys', 'paymentKeys.paymentId', 'payments.id')
        .where('paymentKeys.key', '=', key)
        .executeTakeFirst(),
    findByTradeNo: (outTradeNo) =>
      payments().where('outTradeNo', '=', outTradeNo).executeTakeFirst(),
    findByTransaction: (transactionId) =>
      payments().where('transactionId', '=', transactionId).executeTakeFirst(),
    findPending: (orderId) =>
      payments().where('orderId', '=', orderId).where('state', '=', 'pending').executeTakeFirst(),
    listOfOrder: (orderId) =>
      payments().where('orderId', '=', orderId).orderBy('createdAt', 'desc').execute(),
    async hasPaid(orderId) {
      const paid = payments().where('orderId', '=', orderId).where('state', '=', 'paid');
      return (await paid.executeTakeFirst()) !== undefined;
    },
    listStale: (before, limit) =>
      payments()
        .where('state', '=', 'pending')
        .where('expiresAt', '<', before)
        // What stays open, whatever the service says, does not keep the others from being asked about.
        .orderBy((eb) => eb.fn.coalesce('lastQueriedAt', 'createdAt'))
        .limit(limit)
        .execute(),
    ...deskMethods(db),
    ...writers(db),
  };
}

function deskMethods(db: Db): Pick<PaymentRepository, 'addDesk' | 'findDesk' | 'deskTakings'> {
  return {
    async addDesk(desk) {
      const result = await db
        .insertInto('deskPayments')
        .values(desk)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) === 1;
    },
    findDesk: (paymentId) =>
      db
        .selectFrom('deskPayments')
        .selectAll()
        .where('paymentId', '=', paymentId)
        .executeTakeFirst(),
    deskTakings: (from, until, scope) => takings(db, from, until, scope),
  };
}

async function takings(
  db: Db,
  from: Date,
  until: Date,
  scope: SchoolScope,
): Promise<DeskTakingsRow[]> {
  const day = sql<string>`to_char(
    (desk_payments.taken_at at time zone 'UTC') + interval '8 hours', 'YYYY-MM-DD')`;
  const rows = await db
    .selectFrom('deskPayments')
    .innerJoin('payments', 'payments.id', 'deskPayments.paymentId')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .where(within('orders.schoolId', scope))
    .select(['deskPayments.stationId', 'payments.method', day.as('day')])
    .select(({ fn, eb }) => {
      const back = eb('payments.state', '=', 'refunded');
      return [
        fn.countAll<number>().as('count'),
        fn.sum<number>('payments.amountFen').as('amountFen'),
        fn.countAll<number>().filterWhere(back).as('returned'),
        fn.sum<number | null>('payments.amountFen').filterWhere(back).as('returnedFen'),
      ];
    })
    .where('deskPayments.takenAt', '>=', from)
    .where('deskPayments.takenAt', '<', until)
    .groupBy(['deskPayments.stationId', 'payments.method', day])
    .execute();
  return rows.map((row) => ({
    day: row.day,
    stationId: row.stationId,
    method: row.method as DeskPaymentMethod,
    count: Number(row.count),
    amountFen: Number(row.amountFen),
    returned: Number(row.returned),
    returnedFen: Number(row.returnedFen ?? 0),
  }));
}

function writers(
  db: Db,
): Pick<
  PaymentRepository,
  'insert' | 'addKey' | 'moveKey' | 'update' | 'addNotification' | 'hasNotification'
> {
  return {
    async insert(payment) {
      await db
        .insertInto('payments')
        .values({ ...payment, jsapi: JSON.stringify(payment.jsapi) })
        .execute();
    },
    async addKey(key, paymentId) {
      await db
        .insertInto('paymentKeys')
        .values({ key, paymentId })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async moveKey(key, paymentId) {
      await db
        .insertInto('paymentKeys')
        .values({ key, paymentId })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ paymentId }))
        .execute();
    },
    async update(id, { jsapi, ...patch }) {
      await db
        .updateTable('payments')
        .set({ ...patch, ...(jsapi ? { jsapi: JSON.stringify(jsapi) } : {}) })
        .where('id', '=', id)
        .execute();
    },
    async hasNotification(notificationId) {
      const found = await db
        .selectFrom('paymentNotifications')
        .select('notificationId')
        .where('notificationId', '=', notificationId)
        .executeTakeFirst();
      return found !== undefined;
    },
    async addNotification(notification) {
      const result = await db
        .insertInto('paymentNotifications')
        .values(notification)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) === 1;
    },
  };
}
