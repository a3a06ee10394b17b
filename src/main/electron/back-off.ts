/** Delays after failures: `first`, doubled each time up to `longest`; a quiet spell resets it. */
export type BackOff = { next(): number };

type BackOffOptions = {
  readonly firstMs: number;
  readonly longestMs: number;
  /** This long without a failure: the next delay is the first again. */
  readonly quietMs: number;
  readonly now?: () => number;
};

export function createBackOff(options: BackOffOptions): BackOff {
  const now = options.now ?? Date.now;
  let failures = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    next() {
      failures = now() - lastAt > options.quietMs ? 0 : failures + 1;
      lastAt = now();
      return Math.min(options.firstMs * 2 ** failures, options.longestMs);
    },
  };
}
