import type { VerificationLock } from '../../ports/eligibility/eligibility-repository.ts';

/** Wrong tries in a row before the record is locked, on whatever device they were made. */
export const MAX_WRONG_TRIES = 5;
export const LOCK_MINUTES = 15;
/** How often a day staff may lift the lock of one student. */
export const LIFTS_A_DAY = 2;
const MINUTE_MS = 60_000;

/** Minutes until the lock opens, rounded up; 0 when it is open. */
export function minutesLocked(counter: VerificationLock, now: Date): number {
  const left = (counter.lockedUntil?.getTime() ?? 0) - now.getTime();
  return left > 0 ? Math.ceil(left / MINUTE_MS) : 0;
}

/** The counter after a wrong try. Tries that lie a lock's length back no longer count. */
export function afterWrongTry(counter: VerificationLock, now: Date): VerificationLock {
  const recent =
    counter.lastWrongAt && now.getTime() - counter.lastWrongAt.getTime() < LOCK_MINUTES * MINUTE_MS;
  const lockExpired = counter.lockedUntil !== null;
  const wrongCount = (recent && !lockExpired ? counter.wrongCount : 0) + 1;
  const locked = wrongCount >= MAX_WRONG_TRIES;
  return {
    studentId: counter.studentId,
    wrongCount,
    lastWrongAt: now,
    lockedUntil: locked ? new Date(now.getTime() + LOCK_MINUTES * MINUTE_MS) : null,
  };
}

/** Whoever answered correctly, or showed staff an ID, is counted anew. */
export function afterCorrectTry(counter: VerificationLock): VerificationLock {
  return { studentId: counter.studentId, wrongCount: 0, lastWrongAt: null, lockedUntil: null };
}

export function triesLeft(counter: VerificationLock): number {
  return Math.max(0, MAX_WRONG_TRIES - counter.wrongCount);
}
