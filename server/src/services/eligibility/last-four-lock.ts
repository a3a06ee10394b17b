import { NO_TRIES, afterWrongTry as oneMore } from '@gradshot/domain';
import type { VerificationLock } from '../../ports/eligibility/eligibility-repository.ts';

export { LOCK_MINUTES, MAX_WRONG_TRIES, minutesLocked, triesLeft } from '@gradshot/domain';

/** How often a day staff may lift the lock of one student. */
export const LIFTS_A_DAY = 2;

/** The counter after a wrong try, on whatever device it was made. */
export function afterWrongTry(counter: VerificationLock, now: Date): VerificationLock {
  return { studentId: counter.studentId, ...oneMore(counter, now) };
}

/** Whoever answered correctly, or showed staff an ID, is counted anew. */
export function afterCorrectTry({ studentId }: VerificationLock): VerificationLock {
  return { studentId, ...NO_TRIES };
}
