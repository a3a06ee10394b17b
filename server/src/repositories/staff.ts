import type { Db } from '../database/schema.ts';
import type { StaffRepository } from '../ports/staff/staff-repository.ts';

export function staffRepository(db: Db): StaffRepository {
  const members = () => db.selectFrom('staffMembers').selectAll();
  return {
    find: (id) => members().where('id', '=', id).executeTakeFirst(),
    lockByAccount: (account) =>
      members().where('account', '=', account).forUpdate().executeTakeFirst(),
    list: () => members().orderBy('account').execute(),
    lockAll: () => members().orderBy('id').forUpdate().execute(),
    async save(staff) {
      const {
        id,
        createdAt: _created,
        ...changing
      } = {
        ...staff,
        roles: json(staff.roles),
        schoolIds: staff.schoolIds && json(staff.schoolIds),
      };
      await db
        .insertInto('staffMembers')
        .values({ ...changing, id, createdAt: staff.createdAt })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
        .execute();
    },
    ...sessions(db),
  };
}

const json = (value: unknown) => JSON.stringify(value);

type SessionMethods =
  | 'insertSession'
  | 'findSession'
  | 'deleteSession'
  | 'deleteSessionsOf'
  | 'deleteExpiredSessions';

function sessions(db: Db): Pick<StaffRepository, SessionMethods> {
  return {
    async insertSession(session) {
      await db.insertInto('staffSessions').values(session).execute();
    },
    async findSession(tokenHash) {
      const session = await db
        .selectFrom('staffSessions')
        .selectAll()
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst();
      if (!session) return undefined;
      const staff = await db
        .selectFrom('staffMembers')
        .selectAll()
        .where('id', '=', session.staffId)
        .executeTakeFirst();
      return staff && { session, staff };
    },
    async deleteSession(id) {
      await db.deleteFrom('staffSessions').where('id', '=', id).execute();
    },
    async deleteSessionsOf(staffId, keep) {
      const all = db.deleteFrom('staffSessions').where('staffId', '=', staffId);
      await (keep ? all.where('id', '!=', keep) : all).execute();
    },
    async deleteExpiredSessions(before) {
      await db.deleteFrom('staffSessions').where('expiresAt', '<', before).execute();
    },
  };
}
