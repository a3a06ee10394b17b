import type { Db } from '../database/schema.ts';
import type { DeliveryRepository } from '../ports/messages/notice-repository.ts';

export function deliveryRepository(db: Db): DeliveryRepository {
  return {
    async insert(delivery) {
      await db.insertInto('noticeDeliveries').values(delivery).execute();
    },
    find: (noticeId) =>
      db
        .selectFrom('noticeDeliveries')
        .selectAll()
        .where('noticeId', '=', noticeId)
        .executeTakeFirst(),
    claim: (noticeId, { at, silentSince }) =>
      db
        .updateTable('noticeDeliveries')
        .set((eb) => ({ state: 'sending', updatedAt: at, attempts: eb('attempts', '+', 1) }))
        .where('noticeId', '=', noticeId)
        .where((eb) =>
          eb.or([
            eb('state', '=', 'waiting'),
            eb.and([eb('state', '=', 'sending'), eb('updatedAt', '<', silentSince)]),
          ]),
        )
        .returningAll()
        .executeTakeFirst(),
    async settle(noticeId, patch) {
      await db
        .updateTable('noticeDeliveries')
        .set(patch)
        .where('noticeId', '=', noticeId)
        .execute();
    },
    async listUnsent(before, limit) {
      const rows = await db
        .selectFrom('noticeDeliveries')
        .select('noticeId')
        .where('state', 'in', ['waiting', 'sending'])
        .where('updatedAt', '<', before)
        .orderBy('updatedAt')
        .limit(limit)
        .execute();
      return rows.map(({ noticeId }) => noticeId);
    },
  };
}
