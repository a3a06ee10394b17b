// Runs on whatever Node the system has (20.19 or later) and before any package is there.

/** The gate ends by itself before this, whatever hangs: a machine that waits for it gives up at 90. */
export const LIMIT_MINUTES = 85;

/** When the whole began, in seconds since 1970; set by `.ci/run`, or by the first command itself. */
const BEGUN = 'GRADSHOT_BEGUN';

/** Lets this process and its children count from now, unless a process before them does. */
export function beginTimeLimit() {
  process.env[BEGUN] ||= `${Math.floor(Date.now() / 1000)}`;
}

/** Milliseconds until everything must have ended; never less than one. */
export function remainingMs(now = Date.now()) {
  const begun = Number(process.env[BEGUN] || now / 1000) * 1000;
  return Math.max(1, begun + LIMIT_MINUTES * 60_000 - now);
}
