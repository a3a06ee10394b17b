import type { Clock } from '../ground/clock.ts';

/** The server's time, carried on between its answers by a clock that nobody sets. */
export type ServerClock = {
  /** The server's clock minus ours, milliseconds; undefined before the first answer. */
  skewMs(): number | undefined;
  /** An answer told the server's time; `sent` is when its call began, by the monotonic clock. */
  heard(serverNow: number, sent: number): void;
};

export function createServerClock(clock: Clock): ServerClock {
  let ahead: number | undefined;
  return {
    skewMs: () => (ahead === undefined ? undefined : ahead + clock.monotonic() - clock.now()),
    heard(serverNow, sent) {
      // Half of the way there and back is the answer's age.
      ahead = serverNow - (sent + clock.monotonic()) / 2;
    },
  };
}
