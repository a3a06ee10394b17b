import { readFileSync } from 'node:fs';

/** How long the process could not do anything else, and what the day was at then. */
export type Stall = {
  readonly ms: number;
  /** Without the time in which the system let other programs run. */
  readonly ownMs: number;
  /** Spent on computing; the rest of `ownMs` it stood waiting: for the disk, or for another thread. */
  readonly computedMs: number;
  readonly during: string;
};

export type Stalls = {
  readonly longest: Stall;
  /** Those longer than the limit of their own. */
  readonly over: readonly Stall[];
};

export type MainThread = {
  /** Of work that is the measurement's own, and not the station's. */
  excluding<T>(work: () => T): T;
  stalls(): Stalls;
  stop(): void;
};

const TICK_MS = 5;
const US_PER_MS = 1000;
const NS_PER_MS = 1_000_000;

/** A tick that comes late tells how long the thread stood still; those above `limitMs` are kept. */
export function watchMainThread(limitMs: number, now: () => string): MainThread {
  const over: Stall[] = [];
  let longest: Stall = { ms: 0, ownMs: 0, computedMs: 0, during: '' };
  let last = performance.now();
  let before = { queued: queuedMs(), computed: computedMs() };
  const rest = () => {
    last = performance.now();
    before = { queued: queuedMs(), computed: computedMs() };
  };
  const timer = setInterval(() => {
    const ms = performance.now() - last - TICK_MS;
    const ownMs = Math.max(0, ms - (queuedMs() - before.queued));
    const stall = { ms, ownMs, computedMs: computedMs() - before.computed, during: now() };
    rest();
    if (ownMs > longest.ownMs) longest = stall;
    if (ownMs > limitMs) over.push(stall);
  }, TICK_MS);
  return {
    excluding(work) {
      const done = work();
      rest();
      return done;
    },
    stalls: () => ({ longest, over }),
    stop: () => clearInterval(timer),
  };
}

/** Of this thread since it began. */
function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / US_PER_MS;
}

/**
 * How long this thread was ready to run and waited for a processor since it began, by Linux's second
 * figure of schedstat; 0 where the system does not tell, so that all of a stall counts as its own.
 */
function queuedMs(): number {
  try {
    const [, queued] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return Number(queued) / NS_PER_MS;
  } catch {
    return 0;
  }
}
