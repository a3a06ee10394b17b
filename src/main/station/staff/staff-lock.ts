import { fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../ground/clock.ts';
import type { EventLog } from '../store/event-log.ts';
import type { Settings, UnlockTries } from '../store/settings.ts';
import { isDiskFull } from '../store/store-failure.ts';
import { isPin } from './pin-hash.ts';

const FREE_TRIES = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 15 * 60_000;

/** A staff page behind its PIN. Wrong tries are counted across restarts. */
export type StaffLock = {
  unlocked(): boolean;
  unlock(pin: string): Promise<Result<null>>;
  lock(): void;
  /** `staff.locked` unless the page is open; keeps it open for another while. */
  guard(): Result<null>;
  /** There is another PIN: what was tried on the old one does not count. */
  forgetTries(): void;
  /** Of a desk elsewhere: open or not by itself, behind the same PIN and the same count of wrong tries. */
  another(desk: OtherDesk): StaffLock;
  close(): void;
};

export type OtherDesk = {
  /** Which one it was, for the log. */
  readonly facts: Readonly<Record<string, string>>;
  readonly onChange: () => void;
};

export type StaffLockOptions = {
  readonly settings: Settings;
  readonly events: EventLog;
  /** Answers when what was written is on the disk, or cannot be. */
  readonly settled: () => Promise<unknown>;
  readonly clock: Clock;
  /** The page locks itself after so long without use. */
  readonly idleMs: number;
  readonly onChange: () => void;
};

export function createStaffLock(options: StaffLockOptions): StaffLock {
  return lockOfDesk(options, createPinTries(options), { facts: {}, onChange: options.onChange });
}

function lockOfDesk(options: StaffLockOptions, tries: PinTries, desk: OtherDesk): StaffLock {
  const { clock, events } = options;
  let open = false;
  let stopTimer = () => {};

  const set = (next: boolean) => {
    stopTimer();
    if (next) stopTimer = clock.after(options.idleMs, () => set(false));
    if (open === next) return;
    open = next;
    desk.onChange();
  };

  return {
    unlocked: () => open,
    async unlock(pin) {
      const tried = await tries.enter(pin, desk.facts);
      if (!tried.ok) return tried;
      events.note('staff.unlocked', desk.facts);
      set(true);
      return ok(null);
    },
    lock: () => set(false),
    guard() {
      if (!open) return fail('staff.locked');
      set(true);
      return ok(null);
    },
    forgetTries: tries.forget,
    another: (other) => lockOfDesk(options, tries, other),
    close: () => stopTimer(),
  };
}

/** The PIN and how often it was entered wrong, whoever does. */
type PinTries = {
  enter(pin: string, facts: OtherDesk['facts']): Promise<Result<null>>;
  forget(): void;
};

function createPinTries({ settings, events, settled, clock }: StaffLockOptions): PinTries {
  let tries = settings.get('unlockTries') ?? { failed: 0, lockedUntil: 0 };

  /** A full disk must not keep staff from the page that says so. */
  const count = (next: UnlockTries) => {
    tries = next;
    try {
      settings.set('unlockTries', next);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };
  return {
    async enter(pin, facts) {
      // Locked for longer than ever happens: the clock was set back, and the lock begins anew.
      if (tries.lockedUntil - clock.now() > LONGEST_LOCK_MS)
        count({ ...tries, lockedUntil: clock.now() + lockFor(tries.failed) });
      const wait = tries.lockedUntil - clock.now();
      if (wait > 0) return fail('request.tooMany', { seconds: Math.ceil(wait / 1000) });
      const known = settings.get('pin');
      if (!known) return fail('station.notEnrolled');
      // Counted before it is looked at: pulling the plug gives no free try.
      const failed = tries.failed + 1;
      count({ failed, lockedUntil: clock.now() + lockFor(failed) });
      await settled();
      if (!(await isPin(pin, known))) {
        events.note('staff.pinWrong', { failed, ...facts });
        return fail('staff.pinWrong');
      }
      count({ failed: 0, lockedUntil: 0 });
      return ok(null);
    },
    forget: () => count({ failed: 0, lockedUntil: 0 }),
  };
}

function lockFor(failed: number): number {
  if (failed < FREE_TRIES) return 0;
  return Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** (failed - FREE_TRIES));
}
