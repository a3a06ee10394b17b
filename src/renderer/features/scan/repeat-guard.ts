/** Milliseconds that a code must be out of sight before it counts as shown again. */
const OUT_OF_SIGHT_MS = 2500;

export type RepeatGuard = {
  /** True when the code has just come into sight. `now` in milliseconds. */
  isNew(text: string, now: number): boolean;
  /** Lets the code that is held up count once more. */
  reset(): void;
};

/**
 * A code before the camera is seen ten times a second but shown once: without this, a refused one
 * would be sent to the gateway again and again for as long as it is held up.
 */
export function createRepeatGuard(): RepeatGuard {
  let seen: { text: string; at: number } | undefined;
  return {
    isNew(text, now) {
      const repeated = seen?.text === text && now - seen.at < OUT_OF_SIGHT_MS;
      seen = { text, at: now };
      return !repeated;
    },
    reset() {
      seen = undefined;
    },
  };
}
