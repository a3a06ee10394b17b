import type { EligibilityRepository } from '../../src/ports/eligibility/eligibility-repository.ts';
import type { StudentRepository } from '../../src/ports/eligibility/student-repository.ts';
import type { CalendarRepository } from '../../src/ports/schools/calendar-repository.ts';
import type { SchoolRepository } from '../../src/ports/schools/school-repository.ts';
import type { StaffRepository } from '../../src/ports/staff/staff-repository.ts';
import {
  append,
  deleteWhere,
  firstOf,
  forbid,
  insertNew,
  patch,
  rowsOf,
  sortedBy,
  type Tables,
} from './tables.ts';

export function inMemoryCalendar({ specialDays }: Tables): CalendarRepository {
  return {
    specialDays: async () => sortedBy(rowsOf(specialDays), ({ day }) => day),
    async replaceYear(year, days) {
      for (const day of [...specialDays.keys()])
        if (day.startsWith(`${year}-`)) specialDays.delete(day);
      for (const one of days) insertNew(specialDays, one.day, one);
    },
  };
}

export function inMemorySchools({ schools, batches, faqEntries }: Tables): SchoolRepository {
  return {
    async insert(school) {
      forbid(schools, 'schools_code', ({ code }) => code === school.code);
      insertNew(schools, school.id, school);
    },
    find: async (id) => schools.get(id),
    findByCode: async (code) => firstOf(schools, (school) => school.code === code),
    insertBatch: async (batch) => insertNew(batches, batch.id, batch),
    openBatches: async (schoolId, at) =>
      sortedBy(
        rowsOf(
          batches,
          (batch) => batch.schoolId === schoolId && batch.opensAt <= at && batch.closesAt > at,
        ),
        ({ opensAt }) => -opensAt.getTime(),
        ({ id }) => id,
      ),
    insertFaq: async (entry) => insertNew(faqEntries, entry.id, entry),
    faq: async (schoolId) =>
      sortedBy(
        rowsOf(
          faqEntries,
          (entry) => entry.schoolId === null || (!!schoolId && entry.schoolId === schoolId),
        ),
        ({ position }) => position,
      ),
  };
}

export function inMemoryStudents({ students, searchKeys }: Tables): StudentRepository {
  const byNumber = (hash: string) => firstOf(students, (row) => row.gatewayNumberHash === hash);
  return {
    find: async (id) => students.get(id),
    async save(student) {
      const known = byNumber(student.gatewayNumberHash);
      const { id, createdAt } = known ?? student;
      students.set(id, { ...student, id, createdAt });
      return id;
    },
    async replaceSearchKeys(id, keys) {
      searchKeys.set(id, keys);
    },
    withoutSearchKeys: async (limit) =>
      sortedBy(
        rowsOf(students, ({ id }) => !searchKeys.has(id)),
        ({ id }) => id,
      ).slice(0, limit),
  };
}

export function inMemoryEligibility(tables: Tables): EligibilityRepository {
  const { tickets, graduateSessions, verificationLocks, verificationAttempts } = tables;
  return {
    insertTicket: async (ticket) => insertNew(tickets, ticket.tokenHash, ticket),
    lockTicket: async (tokenHash) => tickets.get(tokenHash),
    useTicket: async (tokenHash, usedAt) => patch(tickets, tokenHash, { usedAt }),
    async lockCounter(studentId) {
      const fresh = { studentId, wrongCount: 0, lastWrongAt: null, lockedUntil: null };
      const counter = verificationLocks.get(studentId) ?? fresh;
      verificationLocks.set(studentId, counter);
      return counter;
    },
    saveCounter: async ({ studentId, ...counter }) => patch(verificationLocks, studentId, counter),
    addAttempt: async (attempt) => append(verificationAttempts, attempt),
    insertSession: async (session) => insertNew(graduateSessions, session.id, session),
    findSession: async (tokenHash) =>
      firstOf(graduateSessions, (session) => session.tokenHash === tokenHash),
    async deleteExpired(before) {
      deleteWhere(tickets, ({ expiresAt }) => expiresAt < before);
      deleteWhere(graduateSessions, ({ expiresAt }) => expiresAt < before);
    },
  };
}

export function inMemoryStaff({ staffMembers, staffSessions }: Tables): StaffRepository {
  return {
    find: async (id) => staffMembers.get(id),
    lockByAccount: async (account) => firstOf(staffMembers, (row) => row.account === account),
    list: async () => sortedBy(rowsOf(staffMembers), ({ account }) => account),
    lockAll: async () => sortedBy(rowsOf(staffMembers), ({ id }) => id),
    async save(staff) {
      const { createdAt } = staffMembers.get(staff.id) ?? staff;
      forbid(
        staffMembers,
        'staff_members_account',
        ({ id, account }) => id !== staff.id && account === staff.account,
      );
      staffMembers.set(staff.id, { ...staff, createdAt });
    },
    insertSession: async (session) => insertNew(staffSessions, session.id, session),
    async findSession(tokenHash) {
      const session = firstOf(staffSessions, (row) => row.tokenHash === tokenHash);
      const staff = session && staffMembers.get(session.staffId);
      return staff && { session, staff };
    },
    async deleteSession(id) {
      staffSessions.delete(id);
    },
    deleteSessionsOf: async (staffId, keep) =>
      deleteWhere(staffSessions, (row) => row.staffId === staffId && row.id !== keep),
    deleteExpiredSessions: async (before) =>
      deleteWhere(staffSessions, ({ expiresAt }) => expiresAt < before),
  };
}
