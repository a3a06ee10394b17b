import { type ErrorCode, type Failure, isRetryable } from '@gradshot/domain';
import type { StationTiming } from '../ground/timing.ts';

/** Failures of the whole station, not of one delivery: waiting is right, parking is not. */
const STATION_WIDE: readonly ErrorCode[] = ['station.notEnrolled', 'auth.required'];
/** Damaged on the way, or lost by the server: worth a few more tries. */
const WORTH_REPEATING: readonly ErrorCode[] = ['photo.digestMismatch', 'photo.notFound'];
const MAX_REPEATS = 3;
/** A delivery that the server keeps failing on is shown to staff after about an hour and a half. */
const MAX_SERVER_FAILURES = 20;

export type Verdict = { readonly retryInMs: number } | 'park';

/** What becomes of a delivery after `attempts` earlier ones and this failure. */
export function afterFailure(
  failure: Failure,
  attempts: number,
  timing: StationTiming,
  random: () => number,
): Verdict {
  if (attempts + 1 >= patience(failure.code)) return 'park';
  const asked = Math.ceil(Number(failure.details?.seconds ?? 0) * 1000);
  return { retryInMs: Math.max(asked, pause(attempts, timing, random)) };
}

function patience(code: ErrorCode): number {
  if (code.startsWith('network.') || STATION_WIDE.includes(code)) return Number.POSITIVE_INFINITY;
  if (WORTH_REPEATING.includes(code)) return MAX_REPEATS;
  return isRetryable(code) ? MAX_SERVER_FAILURES : 0;
}

/**
 * Whole milliseconds, as the outbox's column takes no others: doubled every time up to the cap; half
 * of it by chance, so that stations do not call in step.
 */
export function pause(attempts: number, timing: StationTiming, random: () => number): number {
  const full = Math.min(timing.backoffCapMs, timing.backoffBaseMs * 2 ** Math.min(attempts, 30));
  return Math.round(full / 2 + (full / 2) * random());
}
