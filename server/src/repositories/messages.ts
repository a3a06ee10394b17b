import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { SchoolScope } from '../ports/access/school-scope.ts';
import type { ChatRepository, ConversationSummary } from '../ports/messages/chat-repository.ts';
import type { NoticeRepository } from '../ports/messages/notice-repository.ts';
import { within } from './school-scope.ts';

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
    conversations: (scope, limit) => conversations(db, scope, limit),
    async seeAtDesk(staffId, seenAt) {
      await db
        .insertInto('deskPresence')
        .values({ staffId, seenAt })
        .onConflict((conflict) => conflict.column('staffId').doUpdateSet({ seenAt }))
        .execute();
    },
    async anybodyAtDesk(since) {
      const seen = db.selectFrom('deskPresence').select('staffId').where('seenAt', '>=', since);
      return (await seen.limit(1).executeTakeFirst()) !== undefined;
    },
  };
}

async function conversations(
  db: Db,
  scope: SchoolScope,
  limit: number,
): Promise<ConversationSummary[]> {
  const rows = await db
    .selectFrom('accounts')
    .innerJoin('chatMessages', (join) =>
      join
        .onRef('chatMessages.accountId', '=', 'accounts.id')
        .onRef('chatMessages.sequence', '=', 'accounts.chatLast'),
    )
    .$if(scope !== 'everySchool', (query) =>
      query.where(({ exists, selectFrom }) =>
        exists(
          selectFrom('accountStudents as linked')
            .innerJoin('students as pupils', 'pupils.id', 'linked.studentId')
            .select(sql`1`.as('one'))
            .whereRef('linked.accountId', '=', 'accounts.id')
            .where(within('pupils.schoolId', scope)),
        ),
      ),
    )
    .selectAll('chatMessages')
    .select(['accounts.agentName as agent', 'accounts.maskedPhone'])
    .select((eb) => [
      eb
        .selectFrom('accountStudents')
        .innerJoin('students', 'students.id', 'accountStudents.studentId')
        .select('students.maskedName')
        .whereRef('accountStudents.accountId', '=', 'accounts.id')
        .where(within('students.schoolId', scope))
        .orderBy('accountStudents.linkedAt')
        .limit(1)
        .as('studentName'),
      eb
        .selectFrom('chatMessages as unseen')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('unseen.accountId', '=', 'accounts.id')
        .whereRef('unseen.sequence', '>', 'accounts.deskRead')
        .where('unseen.sender', '=', 'graduate')
        .as('unread'),
    ])
    .orderBy(sql`accounts.chat_last > accounts.desk_read`, 'desc')
    .orderBy(
      sql`case when accounts.chat_last > accounts.desk_read then chat_messages.at end`,
      (order) => order.asc().nullsLast(),
    )
    .orderBy('chatMessages.at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ agent, maskedPhone, studentName, unread, ...last }) => ({
    last,
    who: studentName ?? maskedPhone ?? '微信用户',
    unread: Number(unread ?? 0),
    agentName: agent,
  }));
}

export function noticeRepository(db: Db): NoticeRepository {
  return {
    async insert(notice) {
      await db.insertInto('notices').values(notice).execute();
    },
    find: (id) => db.selectFrom('notices').selectAll().where('id', '=', id).executeTakeFirst(),
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
