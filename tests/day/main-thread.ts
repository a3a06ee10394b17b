import { readdirSync, readFileSync } from 'node:fs';

/** How long the process could not do anything else, and what the day was at then. */
export type Stall = {
  readonly ms: number;
  /**
   * Without the time in which the system let other programs run: in place of this thread, or in place
   * of one that this thread waited for (garbage is collected, and files are read, with help).
   */
  readonly ownMs: number;
  /** Spent on computing; the rest of `ownMs` it stood waiting, for the disk above all. */
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
  let before = gauges();
  const rest = () => {
    last = performance.now();
    before = gauges();
  };
  const timer = setInterval(() => {
    const stall = stallOf(performance.now() - last - TICK_MS, before, gauges(), now());
    rest();
    if (stall.ownMs > longest.ownMs) longest = stall;
    if (stall.ownMs > limitMs) over.push(stall);
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

type Gauges = {
  /** Of this thread since it began. */
  readonly computedMs: number;
  /** By thread of the process: how long it was ready to run and waited for a processor. */
  readonly queuedMs: ReadonlyMap<string, number>;
};

const MAIN = String(process.pid);

function gauges(): Gauges {
  const { user, system } = process.threadCpuUsage();
  return { computedMs: (user + system) / US_PER_MS, queuedMs: queuedByThread() };
}

/** Who waited for a helper waited at most as long as the helper stood in the queue for a processor. */
export function stallOf(ms: number, before: Gauges, after: Gauges, during: string): Stall {
  const computedMs = after.computedMs - before.computedMs;
  const queued = new Map(
    [...after.queuedMs].map(([thread, at]) => [thread, at - (before.queuedMs.get(thread) ?? 0)]),
  );
  const own = Math.max(0, ms - (queued.get(MAIN) ?? 0));
  queued.delete(MAIN);
  const waited = Math.max(0, own - computedMs);
  const forHelpers = Math.min(waited, Math.max(0, ...queued.values()));
  return { ms, ownMs: own - forHelpers, computedMs, during };
}

/**
 * Linux's second figure of schedstat; empty where the system does not tell, so that all of a stall
 * counts as its own.
 */
function queuedByThread(): ReadonlyMap<string, number> {
  try {
    return new Map(
      readdirSync('/proc/self/task').map((thread) => [thread, queuedMs(thread)] as const),
    );
  } catch {
    return new Map();
  }
}

/** 0 of a thread that has just ended. */
function queuedMs(thread: string): number {
  try {
    const [, queued] = readFileSync(`/proc/self/task/${thread}/schedstat`, 'utf8').split(' ');
    return Number(queued) / NS_PER_MS;
  } catch {
    return 0;
  }
}
