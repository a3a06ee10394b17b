import type { Db } from '../database/schema.ts';
import type { ImageCheckRepository } from '../ports/publishing/publishing-repository.ts';

export function imageCheckRepository(db: Db): ImageCheckRepository {
  return {
    find: (orderId) =>
      db.selectFrom('imageChecks').selectAll().where('orderId', '=', orderId).executeTakeFirst(),
    async save(check) {
      await db
        .insertInto('imageChecks')
        .values(check)
        .onConflict((conflict) => conflict.column('orderId').doUpdateSet(check))
        .execute();
    },
    async drop(orderId) {
      await db.deleteFrom('imageChecks').where('orderId', '=', orderId).execute();
    },
    async due(now, limit) {
      const rows = await db
        .selectFrom('imageChecks')
        .select('orderId')
        .where('remindAt', '<=', now)
        .where('remindedAt', 'is', null)
        .where('answer', 'is', null)
        .orderBy('remindAt')
        .limit(limit)
        .execute();
      return rows.map(({ orderId }) => orderId);
    },
  };
}
