import { sql } from 'kysely';
import type { Db } from '../database/schema.ts';
import type { AccountRecord, AccountRepository } from '../ports/accounts/account-repository.ts';

type Linked = 'link' | 'students' | 'studentIds' | 'ofStudent';
type Session = 'insertSession' | 'findSession' | 'endSession' | 'deleteExpired';
type OneTime = 'lockSmsCode' | 'saveSmsCode' | 'deleteSmsCode' | 'insertHandover';
type Handovers = 'lockHandover' | 'useHandover';

export function accountRepository(db: Db): AccountRepository {
  const accounts = () => db.selectFrom('accounts').selectAll();
  return {
    find: (id) => accounts().where('id', '=', id).executeTakeFirst(),
    lock: (id) => accounts().where('id', '=', id).forUpdate().executeTakeFirst(),
    ensure: (account) => ensure(db, account),
    async update(id, patch) {
      await db.updateTable('accounts').set(patch).where('id', '=', id).execute();
    },
    ...sessions(db),
    ...links(db),
    ...oneTimeCodes(db),
    ...handovers(db),
  };
}

async function ensure(db: Db, account: AccountRecord): Promise<AccountRecord> {
  await db
    .insertInto('accounts')
    .values(account)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const [column, value] = account.openidHash
    ? (['openidHash', account.openidHash] as const)
    : (['phoneHash', account.phoneHash] as const);
  return db.selectFrom('accounts').selectAll().where(column, '=', value).executeTakeFirstOrThrow();
}

function sessions(db: Db): Pick<AccountRepository, Session> {
  return {
    async insertSession(session) {
      await db.insertInto('accountSessions').values(session).execute();
    },
    findSession: (tokenHash) =>
      db
        .selectFrom('accountSessions')
        .selectAll()
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst(),
    async endSession(id) {
      await db.deleteFrom('accountSessions').where('id', '=', id).execute();
    },
    async deleteExpired(before) {
      await db.deleteFrom('accountSessions').where('expiresAt', '<', before).execute();
      await db.deleteFrom('handovers').where('expiresAt', '<', before).execute();
      // The day's count outlives the code itself.
      await db.deleteFrom('smsCodes').where('dayBegan', '<', before).execute();
    },
  };
}

function links(db: Db): Pick<AccountRepository, Linked> {
  return {
    async link(accountId, studentId, linkedAt) {
      await db
        .insertInto('accountStudents')
        .values({ accountId, studentId, linkedAt })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    students: (accountId) =>
      db
        .selectFrom('accountStudents')
        .innerJoin('students', 'students.id', 'accountStudents.studentId')
        .innerJoin('schools', 'schools.id', 'students.schoolId')
        .selectAll('students')
        .select('schools.name as school')
        .where('accountStudents.accountId', '=', accountId)
        .orderBy('accountStudents.linkedAt')
        .execute(),
    async studentIds(accountId) {
      const rows = await db
        .selectFrom('accountStudents')
        .select('studentId')
        .where('accountId', '=', accountId)
        .execute();
      return rows.map((row) => row.studentId);
    },
    async ofStudent(studentId) {
      const rows = await db
        .selectFrom('accountStudents')
        .select('accountId')
        .where('studentId', '=', studentId)
        .orderBy('accountId')
        .execute();
      return rows.map((row) => row.accountId);
    },
  };
}

function oneTimeCodes(db: Db): Pick<AccountRepository, OneTime> {
  return {
    async lockSmsCode(phoneHash) {
      // A number that is new has no row to hold yet, and is held all the same.
      await sql`select pg_advisory_xact_lock(hashtextextended(${phoneHash}, 0))`.execute(db);
      return db
        .selectFrom('smsCodes')
        .selectAll()
        .where('phoneHash', '=', phoneHash)
        .forUpdate()
        .executeTakeFirst();
    },
    async saveSmsCode(code) {
      const { phoneHash: _key, ...changing } = code;
      await db
        .insertInto('smsCodes')
        .values(code)
        .onConflict((conflict) => conflict.column('phoneHash').doUpdateSet(changing))
        .execute();
    },
    async deleteSmsCode(phoneHash) {
      await db.deleteFrom('smsCodes').where('phoneHash', '=', phoneHash).execute();
    },
    async insertHandover(handover) {
      await db.insertInto('handovers').values(handover).execute();
    },
  };
}

function handovers(db: Db): Pick<AccountRepository, Handovers> {
  return {
    lockHandover: (tokenHash) =>
      db
        .selectFrom('handovers')
        .selectAll()
        .where('tokenHash', '=', tokenHash)
        .forUpdate()
        .executeTakeFirst(),
    async useHandover(tokenHash, usedAt) {
      await db
        .updateTable('handovers')
        .set({ usedAt })
        .where('tokenHash', '=', tokenHash)
        .execute();
    },
  };
}
