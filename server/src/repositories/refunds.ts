import type { Db } from '../database/schema.ts';
import type { RefundRepository } from '../ports/payments/refund-repository.ts';
import { within } from './school-scope.ts';

export function refundRepository(db: Db): RefundRepository {
  const refunds = () => db.selectFrom('refunds').selectAll();
  return {
    findByKey: (key) => refunds().where('key', '=', key).executeTakeFirst(),
    findByNumber: (number) => refunds().where('outRefundNo', '=', number).executeTakeFirst(),
    listOpen: (before, limit) =>
      refunds()
        .where('state', 'in', ['requested', 'processing'])
        .where('updatedAt', '<', before)
        .orderBy('updatedAt')
        .limit(limit)
        .execute(),
    async insert(refund) {
      await db.insertInto('refunds').values(refund).execute();
    },
    async update(id, patch) {
      await db.updateTable('refunds').set(patch).where('id', '=', id).execute();
    },
    async addAct(act) {
      await db.insertInto('refundActs').values(act).execute();
    },
    ...dueMethods(db),
  };
}

type DueMethods = 'findDue' | 'listDue' | 'countDue' | 'refundsOf' | 'actsOf';

function dueMethods(db: Db): Pick<RefundRepository, DueMethods> {
  return {
    findDue: (paymentId) => due(db).where('payments.id', '=', paymentId).executeTakeFirst(),
    listDue: (returned, scope, offset, limit) =>
      due(db)
        .where(within('orders.schoolId', scope))
        .where('payments.state', '=', returned ? 'refunded' : 'paid')
        .orderBy('payments.paidAt', returned ? 'desc' : 'asc')
        .orderBy('payments.id')
        .offset(offset)
        .limit(limit)
        .execute(),
    async countDue(returned, scope) {
      const { count, fen } = await db
        .selectFrom('payments')
        .innerJoin('orders', 'orders.id', 'payments.orderId')
        .where(within('orders.schoolId', scope))
        .select(({ fn }) => [
          fn.countAll<number>().as('count'),
          fn.sum<number | null>('payments.amountFen').as('fen'),
        ])
        .where('refundDue', '=', true)
        .where('payments.state', '=', returned ? 'refunded' : 'paid')
        .executeTakeFirstOrThrow();
      return { count: Number(count), fen: Number(fen ?? 0) };
    },
    refundsOf: async (paymentIds) =>
      paymentIds.length === 0
        ? []
        : db
            .selectFrom('refunds')
            .selectAll()
            .where('paymentId', 'in', [...paymentIds])
            .orderBy('createdAt', 'desc')
            .execute(),
    actsOf: async (paymentIds) => (paymentIds.length === 0 ? [] : acts(db, paymentIds)),
  };
}

function due(db: Db) {
  return db
    .selectFrom('payments')
    .innerJoin('orders', 'orders.id', 'payments.orderId')
    .innerJoin('students', 'students.id', 'orders.studentId')
    .innerJoin('schools', 'schools.id', 'orders.schoolId')
    .selectAll('payments')
    .select([
      'orders.orderNo',
      'orders.state as orderState',
      'students.maskedName',
      'schools.name as school',
    ])
    .where('payments.refundDue', '=', true);
}

async function acts(db: Db, paymentIds: readonly string[]) {
  const rows = await db
    .selectFrom('refundActs')
    .innerJoin('refunds', 'refunds.id', 'refundActs.refundId')
    .leftJoin('staffMembers', 'staffMembers.id', 'refundActs.staffId')
    .select([
      'refundActs.refundId',
      'refundActs.at',
      'refundActs.act',
      'refundActs.staffId',
      'refundActs.note',
      'refunds.paymentId',
      'staffMembers.name',
    ])
    .where('refunds.paymentId', 'in', [...paymentIds])
    .orderBy('refundActs.id')
    .execute();
  return rows.map((row) => ({ ...row, paymentId: row.paymentId ?? '' }));
}
