/** The last four characters may be guessed so often: the rule of server and station alike. */

/** Wrong tries in a row before a record is locked. */
export const MAX_WRONG_TRIES = 5;
export const LOCK_MINUTES = 15;
const MINUTE_MS = 60_000;

/** Wrong tries of one person. */
export type LastFourTries = {
  readonly wrongCount: number;
  readonly lastWrongAt: Date | null;
  readonly lockedUntil: Date | null;
};

/** Whoever answered correctly, or showed staff an ID, is counted anew. */
export const NO_TRIES: LastFourTries = { wrongCount: 0, lastWrongAt: null, lockedUntil: null };

/** Minutes until the lock opens, rounded up; 0 when it is open. */
export function minutesLocked({ lockedUntil }: LastFourTries, now: Date): number {
  const left = (lockedUntil?.getTime() ?? 0) - now.getTime();
  return left > 0 ? Math.ceil(left / MINUTE_MS) : 0;
}

/** After one more wrong try. Tries that lie a lock's length back no longer count. */
export function afterWrongTry(tries: LastFourTries, now: Date): LastFourTries {
  const { lastWrongAt, lockedUntil } = tries;
  const recent = lastWrongAt && now.getTime() - lastWrongAt.getTime() < LOCK_MINUTES * MINUTE_MS;
  const wrongCount = (recent && lockedUntil === null ? tries.wrongCount : 0) + 1;
  const locked = wrongCount >= MAX_WRONG_TRIES;
  return {
    wrongCount,
    lastWrongAt: now,
    lockedUntil: locked ? new Date(now.getTime() + LOCK_MINUTES * MINUTE_MS) : null,
  };
}

export function triesLeft({ wrongCount }: LastFourTries): number {
  return Math.max(0, MAX_WRONG_TRIES - wrongCount);
}
