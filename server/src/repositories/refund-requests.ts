import type { Db } from '../database/schema.ts';
import type { RefundRequestRepository } from '../ports/payments/refund-request-repository.ts';

export function refundRequestRepository(db: Db): RefundRequestRepository {
  const requests = () => db.selectFrom('refundRequests').selectAll();
  return {
    find: (id) => requests().where('id', '=', id).executeTakeFirst(),
    findByKey: (key) => requests().where('key', '=', key).executeTakeFirst(),
    findOpen: (orderId) =>
      requests().where('orderId', '=', orderId).where('state', '=', 'asked').executeTakeFirst(),
    async insert(request) {
      await db.insertInto('refundRequests').values(request).execute();
    },
    async update(id, patch) {
      await db.updateTable('refundRequests').set(patch).where('id', '=', id).execute();
    },
    findShown: (id) => shown(db).where('refundRequests.id', '=', id).executeTakeFirst(),
    listOfOrder: (orderId) =>
      shown(db).where('refundRequests.orderId', '=', orderId).orderBy('askedAt').execute(),
    list: (decided, offset, limit) =>
      shown(db)
        .where('refundRequests.state', decided ? '!=' : '=', 'asked')
        .orderBy(
          decided ? 'refundRequests.decidedAt' : 'refundRequests.askedAt',
          decided ? 'desc' : 'asc',
        )
        .orderBy('refundRequests.id')
        .offset(offset)
        .limit(limit)
        .execute(),
    async count(decided) {
      const { count } = await db
        .selectFrom('refundRequests')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('state', decided ? '!=' : '=', 'asked')
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

function shown(db: Db) {
  return db
    .selectFrom('refundRequests')
    .innerJoin('orders', 'orders.id', 'refundRequests.orderId')
    .innerJoin('students', 'students.id', 'orders.studentId')
    .innerJoin('schools', 'schools.id', 'orders.schoolId')
    .innerJoin('staffMembers as asker', 'asker.id', 'refundRequests.askedBy')
    .leftJoin('staffMembers as decider', 'decider.id', 'refundRequests.decidedBy')
    .selectAll('refundRequests')
    .select([
      'orders.orderNo',
      'orders.state as orderState',
      'students.maskedName',
      'schools.name as school',
      'asker.name as askedName',
      'decider.name as decidedName',
    ]);
}
