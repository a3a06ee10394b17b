import type { StationOptions } from '../api.ts';
import { type Clock, every } from '../ground/clock.ts';
import { COPY_EVERY_MS, copyDatabase, isCopyDue } from './database-copies.ts';
import type { Upkeep } from './upkeep.ts';

/** Long enough for what belongs to one act of a visit to be written in between. */
const CHECKPOINT_AFTER_MS = 1000;

/**
 * Keeps what the database knows from hanging on one file: the log is brought into the main file soon
 * after every act that counts, and the whole is copied every day.
 */
export type Safekeeping = {
  /** Something was written that must not stay in the log alone. */
  soon(): void;
  /** The same, and a copy at once: the station has become another one. */
  copyNow(): void;
  /** Waits for a copy that is being made, and for the log. */
  stop(): Promise<void>;
};

export type SafekeepingOptions = {
  readonly upkeep: Pick<Upkeep, 'checkpoint' | 'copyTo'>;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: StationOptions['log'];
};

export function startSafekeeping(options: SafekeepingOptions): Safekeeping {
  const { upkeep, dataDir, clock, log } = options;
  let cancelCheckpoint: (() => void) | undefined;
  let bringingIn: Promise<void> = Promise.resolve();
  let copying: Promise<void> = Promise.resolve();
  let stopped = false;

  const checkpoint = async () => {
    try {
      if (!(await upkeep.checkpoint())) soon();
    } catch (error) {
      log('error', 'The log could not be brought into the database', { error: String(error) });
    }
  };
  const soon = () => {
    if (stopped) return;
    cancelCheckpoint ??= clock.after(CHECKPOINT_AFTER_MS, () => {
      cancelCheckpoint = undefined;
      bringingIn = checkpoint();
    });
  };
  const copy = async (isDue: () => Promise<boolean>) => {
    try {
      if (!stopped && (await isDue())) await copyDatabase(upkeep.copyTo, dataDir);
    } catch (error) {
      log('error', 'The database could not be copied', { error: String(error) });
    }
  };
  // One after the other: two copies at once would want the same number.
  const queueCopy = (isDue: () => Promise<boolean>) => {
    copying = copying.then(() => copy(isDue));
  };
  const always = async () => true;
  queueCopy(() => isCopyDue(dataDir, clock.now()));
  const stopDaily = every(
    clock,
    () => COPY_EVERY_MS,
    () => queueCopy(always),
  );
  return {
    soon,
    copyNow() {
      soon();
      queueCopy(always);
    },
    async stop() {
      stopped = true;
      stopDaily();
      cancelCheckpoint?.();
      await Promise.all([copying, bringingIn]);
    },
  };
}
