import type { Db } from '../database/schema.ts';
import type { WithdrawalRepository } from '../ports/review/withdrawal-repository.ts';

export function withdrawalRepository(db: Db): WithdrawalRepository {
  return {
    async insert(withdrawal) {
      const result = await db
        .insertInto('approvalWithdrawals')
        .values(withdrawal)
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return Number(result.numInsertedOrUpdatedRows) === 1;
    },
    listOfOrder: (orderId) =>
      db
        .selectFrom('approvalWithdrawals')
        .innerJoin('staffMembers as asker', 'asker.id', 'approvalWithdrawals.askedBy')
        .leftJoin('staffMembers as decider', 'decider.id', 'approvalWithdrawals.decidedBy')
        .selectAll('approvalWithdrawals')
        .select(['asker.name as askedByName', 'decider.name as decidedByName'])
        .where('approvalWithdrawals.orderId', '=', orderId)
        .orderBy('approvalWithdrawals.askedAt', 'desc')
        .execute(),
    async decide(id, patch) {
      await db.updateTable('approvalWithdrawals').set(patch).where('id', '=', id).execute();
    },
  };
}
