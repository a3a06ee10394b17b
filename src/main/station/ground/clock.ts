/** Time as the station sees it, so that tests can move it. */
export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /**
   * Milliseconds since some moment. Nobody sets it: how long something takes is counted by it, and
   * what day it is by `now`.
   */
  monotonic(): number;
  /** Runs `action` once after `ms`; returns the function that calls it off. */
  after(ms: number, action: () => void): () => void;
};

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};

/** ISO 8601, UTC. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

/** Repeats `action` until the returned function is called; the pause is asked for every time. */
export function every(clock: Clock, pause: () => number, action: () => void): () => void {
  let stop: () => void = () => undefined;
  const arm = () => {
    stop = clock.after(pause(), () => {
      arm();
      action();
    });
  };
  arm();
  return () => stop();
}
