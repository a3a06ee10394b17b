/** Milliseconds that a code must be out of sight before it counts as shown again … */
const OUT_OF_SIGHT_MS = 2500;
/** … and looks that must have found nothing: a machine that was too busy to look has missed nothing. */
const MISSED_LOOKS = 8;

export type RepeatGuard = {
  /** True when the code has just come into sight. `now` in milliseconds. */
  isNew(text: string, now: number): boolean;
  /** A look has found no code. */
  missed(): void;
  /** Lets the code that is held up count once more. */
  reset(): void;
};

/**
 * A code before the camera is seen ten times a second but shown once: without this, a refused one
 * would be sent to the gateway again and again for as long as it is held up.
 */
export function createRepeatGuard(): RepeatGuard {
  let seen: { text: string; at: number } | undefined;
  let missed = 0;
  return {
    isNew(text, now) {
      const away = missed >= MISSED_LOOKS && now - (seen?.at ?? 0) >= OUT_OF_SIGHT_MS;
      const repeated = seen?.text === text && !away;
      seen = { text, at: now };
      missed = 0;
      return !repeated;
    },
    missed() {
      missed += 1;
    },
    reset() {
      seen = undefined;
    },
  };
}
