import type { Db } from '../database/schema.ts';
import type { RefundRepository } from '../ports/console-repositories.ts';

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
  };
}
