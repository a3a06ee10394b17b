/** A clock that stands still until a test moves it. */
export type ManualClock = {
  now(): Date;
  advance(by: {
    readonly days?: number;
    readonly minutes?: number;
    readonly seconds?: number;
    readonly ms?: number;
  }): void;
  set(date: Date): void;
  /**
   * Runs `task` when the clock has been moved to `delayMs` from now or beyond, in order of due time.
   *
   * @returns a function that cancels it.
   */
  schedule(delayMs: number, task: () => void): () => void;
  /** Milliseconds until the next task is due; Infinity when none is. */
  untilNext(): number;
};

/** Start of the clocks of tests: a Monday morning in the season. */
const MONDAY = new Date('2026-11-23T01:00:00.000Z');

export function createManualClock(start: Date = MONDAY): ManualClock {
  let time = start.getTime();
  let tasks: { readonly due: number; readonly run: () => void }[] = [];

  const runDue = (target: number): void => {
    for (;;) {
      const due = tasks.filter((task) => task.due <= target).sort((a, b) => a.due - b.due)[0];
      if (!due) break;
      tasks = tasks.filter((task) => task !== due);
      time = Math.max(time, due.due);
      due.run();
    }
    time = target;
  };
  return {
    now: () => new Date(time),
    advance({ days = 0, minutes = 0, seconds = 0, ms = 0 }) {
      runDue(time + ms + 1000 * (seconds + 60 * (minutes + 1440 * days)));
    },
    set(date) {
      runDue(date.getTime());
    },
    untilNext: () => Math.max(0, Math.min(...tasks.map(({ due }) => due)) - time),
    schedule(delayMs, run) {
      const task = { due: time + delayMs, run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
  };
}
