import type { AccountRepository } from '../../src/ports/accounts/account-repository.ts';
import { deleteWhere, firstOf, insertNew, patch, rowsOf, sortedBy, type Tables } from './tables.ts';

export function inMemoryAccounts(tables: Tables): AccountRepository {
  const { accounts, accountSessions } = tables;
  return {
    find: async (id) => accounts.get(id),
    lock: async (id) => accounts.get(id),
    async ensure(account) {
      const same = firstOf(
        accounts,
        ({ openidHash, phoneHash }) =>
          (openidHash !== null && openidHash === account.openidHash) ||
          (phoneHash !== null && phoneHash === account.phoneHash),
      );
      if (!same) insertNew(accounts, account.id, account);
      return same ?? account;
    },
    update: async (id, change) => patch(accounts, id, change),
    insertSession: async (session) => insertNew(accountSessions, session.id, session),
    findSession: async (tokenHash) =>
      firstOf(accountSessions, (session) => session.tokenHash === tokenHash),
    async endSession(id) {
      accountSessions.delete(id);
    },
    ...links(tables),
    ...oneTimeCodes(tables),
  };
}

type Links = 'link' | 'students' | 'studentIds' | 'ofStudent';

function links({ accountStudents, students, schools }: Tables): Pick<AccountRepository, Links> {
  const ofAccount = (accountId: string) =>
    sortedBy(
      rowsOf(accountStudents, (row) => row.accountId === accountId),
      ({ linkedAt }) => linkedAt,
    );
  return {
    async link(accountId, studentId, linkedAt) {
      const key = `${accountId} ${studentId}`;
      if (!accountStudents.has(key)) accountStudents.set(key, { accountId, studentId, linkedAt });
    },
    students: async (accountId) =>
      ofAccount(accountId).flatMap(({ studentId }) => {
        const student = students.get(studentId);
        const school = student && schools.get(student.schoolId);
        return school ? [{ ...student, school: school.name }] : [];
      }),
    studentIds: async (accountId) => ofAccount(accountId).map(({ studentId }) => studentId),
    ofStudent: async (studentId) =>
      rowsOf(accountStudents, (row) => row.studentId === studentId)
        .map(({ accountId }) => accountId)
        .sort(),
  };
}

type OneTime =
  | 'lockSmsCode'
  | 'saveSmsCode'
  | 'deleteSmsCode'
  | 'insertHandover'
  | 'lockHandover'
  | 'useHandover'
  | 'deleteExpired';

function oneTimeCodes({
  smsCodes,
  handovers,
  accountSessions,
}: Tables): Pick<AccountRepository, OneTime> {
  return {
    lockSmsCode: async (phoneHash) => smsCodes.get(phoneHash),
    async saveSmsCode(code) {
      smsCodes.set(code.phoneHash, code);
    },
    async deleteSmsCode(phoneHash) {
      smsCodes.delete(phoneHash);
    },
    insertHandover: async (handover) => insertNew(handovers, handover.tokenHash, handover),
    lockHandover: async (tokenHash) => handovers.get(tokenHash),
    useHandover: async (tokenHash, usedAt) => patch(handovers, tokenHash, { usedAt }),
    async deleteExpired(before) {
      deleteWhere(accountSessions, ({ expiresAt }) => expiresAt < before);
      deleteWhere(handovers, ({ expiresAt }) => expiresAt < before);
      deleteWhere(smsCodes, ({ dayBegan }) => dayBegan < before);
    },
  };
}
