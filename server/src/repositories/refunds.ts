import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { RefundRepository } from '../ports/payments/refund-repository.ts';
import { within } from './school-scope.ts';

export function refundRepository(db: Db): RefundRepository {
  const refunds = () => db.selectFrom('refunds').selectAll();
  return {
    find: (id) => refunds().where('id', '=', id).executeTakeFirst(),
    findByKey: (key) => refunds().where('key', '=', key).executeTakeFirst(),
    findByNumber: (number) => refunds().where('outRefundNo', '=', number).executeTakeFirst(),
    listOpen: (before, limit) =>
      refunds()
        .where('state', 'in', ['requested', 'processing', 'abnormal'])
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
    listOfOrder: (orderId) =>
      refunds().where('orderId', '=', orderId).orderBy('createdAt', 'desc').execute(),
    ...shownMethods(db),
    ...dueMethods(db),
  };
}

type ShownMethods = 'listShown' | 'findShown' | 'countIn' | 'actsOfRefunds';

function shownMethods(db: Db): Pick<RefundRepository, ShownMethods> {
  return {
    listShown: (states, offset, limit) =>
      shown(db)
        .where('refunds.state', 'in', [...states])
        .orderBy('refunds.createdAt', 'desc')
        .orderBy('refunds.id')
        .offset(offset)
        .limit(limit)
        .execute(),
    findShown: (id) => shown(db).where('refunds.id', '=', id).executeTakeFirst(),
    async countIn(states) {
      const { count } = await db
        .selectFrom('refunds')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('state', 'in', [...states])
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    actsOfRefunds: async (ids) =>
      ids.length === 0 ? [] : acts(db, (query) => query.where('refunds.id', 'in', [...ids])),
  };
}

function shown(db: Db) {
  return db
    .selectFrom('refunds')
    .innerJoin('orders', 'orders.id', 'refunds.orderId')
    .innerJoin('students', 'students.id', 'orders.studentId')
    .innerJoin('schools', 'schools.id', 'orders.schoolId')
    .leftJoin('payments', 'payments.id', 'refunds.paymentId')
    .leftJoin('staffMembers', 'staffMembers.id', 'refunds.staffId')
    .selectAll('refunds')
    .select([
      'orders.orderNo',
      'orders.state as orderState',
      'students.maskedName',
      'schools.name as school',
      'payments.amountFen as paidFen',
      'staffMembers.name',
    ]);
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
          // What of it was given back in parts is owed no more.
          returned
            ? fn.sum<number | null>('amountFen').as('fen')
            : sql<number | null>`sum(amount_fen - refunded_fen)`.as('fen'),
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
    actsOf: async (paymentIds) =>
      paymentIds.length === 0
        ? []
        : acts(db, (query) => query.where('refunds.paymentId', 'in', [...paymentIds])),
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

function actRows(db: Db) {
  return db
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
    .orderBy('refundActs.id');
}

type ActRows = ReturnType<typeof actRows>;

async function acts(db: Db, of: (query: ActRows) => ActRows) {
  const rows = await of(actRows(db)).execute();
  return rows.map((row) => ({ ...row, paymentId: row.paymentId ?? '' }));
}
