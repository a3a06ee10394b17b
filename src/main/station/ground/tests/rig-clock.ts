import { setImmediate, setTimeout } from 'node:timers/promises';
import { createManualClock } from '@gradshot/testkit';
import type { Clock } from '../clock.ts';

export type RigClock = Clock & {
  /** Moves from one thing that is due to the next and lets what each starts come to rest. */
  advance(ms: number): Promise<void>;
  /** Sets the time of day by so much, as NTP or a person does; what is waited for goes on. */
  shift(ms: number): void;
  /** The time of day had it never been set. */
  trueNow(): number;
};

/** Lets promises and file system work settle without moving the clock. */
export async function settle(isBusy?: () => boolean): Promise<void> {
  // Files and hashes are worked on by other threads: give them a little real time too.
  if (isBusy) await setTimeout(2);
  for (let quiet = 0, i = 0; quiet < 4 && i < 5000; i++) {
    await setImmediate();
    quiet = isBusy?.() ? 0 : quiet + 1;
  }
}

/** `isBusy`: something is under way that takes real time, so the clock has to wait for it. */
export function createRigClock(isBusy?: () => boolean): RigClock {
  const manual = createManualClock();
  const trueNow = () => manual.now().getTime();
  const start = trueNow();
  let wrong = 0;
  return {
    now: () => trueNow() + wrong,
    monotonic: () => trueNow() - start,
    trueNow,
    shift(ms) {
      wrong += ms;
    },
    after: (ms, action) => manual.schedule(ms, action),
    async advance(ms) {
      // What was begun before may be about to ask for a time of its own.
      await settle(isBusy);
      for (let left = ms; left > 0; ) {
        const step = Math.min(left, Math.max(1, manual.untilNext()));
        manual.advance({ ms: step });
        left -= step;
        await settle(isBusy);
      }
    },
  };
}
