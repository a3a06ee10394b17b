/** Milliseconds of the first wait and of the longest one. */
const FIRST_MS = 500;
const LONGEST_MS = 8000;

/** How long to wait before the next try, doubling from try to try. `attempt` counts from 0. */
export function retryDelayMs(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, attempt));
}
