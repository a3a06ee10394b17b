import type { Db } from '../database/schema.ts';
import type { ChatRepository, NoticeRepository } from '../ports/companion-repositories.ts';

export function chatRepository(db: Db): ChatRepository {
  const messages = () => db.selectFrom('chatMessages').selectAll();
  return {
    find: (id) => messages().where('id', '=', id).executeTakeFirst(),
    async insert(message) {
      await db.insertInto('chatMessages').values(message).execute();
    },
    after: (accountId, sequence, limit) =>
      messages()
        .where('accountId', '=', accountId)
        .where('sequence', '>', sequence)
        .orderBy('sequence')
        .limit(limit)
        .execute(),
    async countUnread(accountId, after, reader) {
      const { count } = await db
        .selectFrom('chatMessages')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('accountId', '=', accountId)
        .where('sequence', '>', after)
        .where('sender', '!=', reader)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

export function noticeRepository(db: Db): NoticeRepository {
  return {
    async insert(notice) {
      await db.insertInto('notices').values(notice).execute();
    },
    list: (accountId, limit) =>
      db
        .selectFrom('notices')
        .selectAll()
        .where('accountId', '=', accountId)
        .orderBy('sequence', 'desc')
        .limit(limit)
        .execute(),
  };
}
