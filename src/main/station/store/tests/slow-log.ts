import type { OpenLogFile } from '../durable-log.ts';

/** A log whose flushes end when the test lets them. */
export type SlowLog = {
  readonly openLogFile: OpenLogFile;
  /** From now on each flush waits. */
  hold(): void;
  /** Flushes that were begun since the log was held. */
  begun(): number;
  /** Ends the flush under way, with an error if one is given. */
  end(error?: Error): void;
  /** Flushes end at once again. */
  letGo(): void;
};

export function createSlowLog(): SlowLog {
  let held = false;
  let begun = 0;
  let finish: (error?: Error) => void = () => {};
  return {
    openLogFile: async () => ({
      datasync: () => {
        if (!held) return Promise.resolve();
        begun += 1;
        return new Promise<void>((resolve, reject) => {
          finish = (error) => (error ? reject(error) : resolve());
        });
      },
      close: async () => {},
    }),
    hold() {
      held = true;
      begun = 0;
    },
    begun: () => begun,
    end: (error) => finish(error),
    letGo() {
      held = false;
      finish();
    },
  };
}

export const brokenDisk = (code = 'EIO') => Object.assign(new Error('i/o error'), { code });
