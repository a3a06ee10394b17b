import type { Db } from '../database/schema.ts';
import type { EligibilityRepository } from '../ports/eligibility/eligibility-repository.ts';

export function eligibilityRepository(db: Db): EligibilityRepository {
  return {
    async insertTicket(ticket) {
      await db.insertInto('tickets').values(ticket).execute();
    },
    lockTicket: (tokenHash) =>
      db
        .selectFrom('tickets')
        .selectAll()
        .where('tokenHash', '=', tokenHash)
        .forUpdate()
        .executeTakeFirst(),
    async useTicket(tokenHash, usedAt) {
      await db.updateTable('tickets').set({ usedAt }).where('tokenHash', '=', tokenHash).execute();
    },
    async lockCounter(studentId) {
      await db
        .insertInto('verificationLocks')
        .values({ studentId, wrongCount: 0, lastWrongAt: null, lockedUntil: null })
        .onConflict((conflict) => conflict.column('studentId').doNothing())
        .execute();
      return db
        .selectFrom('verificationLocks')
        .selectAll()
        .where('studentId', '=', studentId)
        .forUpdate()
        .executeTakeFirstOrThrow();
    },
    async saveCounter({ studentId, ...counter }) {
      await db
        .updateTable('verificationLocks')
        .set(counter)
        .where('studentId', '=', studentId)
        .execute();
    },
    async addAttempt(attempt) {
      await db.insertInto('verificationAttempts').values(attempt).execute();
    },
    async insertSession(session) {
      await db.insertInto('graduateSessions').values(session).execute();
    },
    findSession: (tokenHash) =>
      db
        .selectFrom('graduateSessions')
        .selectAll()
        .where('tokenHash', '=', tokenHash)
        .executeTakeFirst(),
    async deleteExpired(before) {
      await db.deleteFrom('tickets').where('expiresAt', '<', before).execute();
      await db.deleteFrom('graduateSessions').where('expiresAt', '<', before).execute();
    },
  };
}
