import type { Db } from '../database/schema.ts';
import type { PaymentRepository } from '../ports/payments/payment-repository.ts';

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
    ...writers(db),
  };
}

function writers(
  db: Db,
): Pick<PaymentRepository, 'insert' | 'addKey' | 'moveKey' | 'update' | 'addNotification'> {
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
