import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import type { PairingView } from '../../../shared/index.ts';
import type { Clock } from '../ground/clock.ts';

export const PAIRING_LASTS_MS = 5 * 60_000;
export const WRONG_TRIES = 5;
const CODE_DIGITS = 8;
/** Of the link, which nobody has to type. */
const SECRET_BYTES = 16;

/** Why a window was closed. */
export type PairingEnd = 'used' | 'expired' | 'wrong' | 'staff';

/** The one window in which one tablet may be paired. */
export type Pairing = {
  /** Opens one, in place of the one that there was. */
  open(tabletName: string): void;
  close(): void;
  /** Trades the code or the link's secret for the name that staff gave; the window is closed by it. */
  redeem(said: string): Result<string>;
  view(): PairingView | undefined;
};

type Window = PairingView & {
  /** By the clock that nobody sets. */
  readonly endsAt: number;
  wrong: number;
};

export type PairingOptions = {
  readonly clock: Clock;
  readonly onClosed: (why: PairingEnd) => void;
};

export function createPairing({ clock, onClosed }: PairingOptions): Pairing {
  let window: Window | undefined;
  let stopTimer = () => {};

  const end = (why: PairingEnd) => {
    if (!window) return;
    stopTimer();
    window = undefined;
    onClosed(why);
  };
  const current = () => {
    if (window && clock.monotonic() >= window.endsAt) end('expired');
    return window;
  };
  return {
    open(tabletName) {
      stopTimer();
      window = {
        tabletName,
        code: String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0'),
        secret: randomBytes(SECRET_BYTES).toString('base64url'),
        expiresAt: new Date(clock.now() + PAIRING_LASTS_MS).toISOString(),
        endsAt: clock.monotonic() + PAIRING_LASTS_MS,
        wrong: 0,
      };
      stopTimer = clock.after(PAIRING_LASTS_MS, () => end('expired'));
    },
    close: () => end('staff'),
    redeem(said) {
      const open = current();
      if (!open) return fail('tablet.pairingClosed');
      if (!isEither(said.replace(/\s/g, ''), open)) {
        open.wrong += 1;
        if (open.wrong < WRONG_TRIES)
          return fail('tablet.codeWrong', { left: WRONG_TRIES - open.wrong });
        end('wrong');
        return fail('tablet.pairingClosed');
      }
      end('used');
      return ok(open.tabletName);
    },
    view() {
      const open = current();
      if (!open) return undefined;
      const { tabletName, code, secret, expiresAt } = open;
      return { tabletName, code, secret, expiresAt };
    },
  };
}

function isEither(said: string, { code, secret }: Window): boolean {
  // Both are always compared: how long it takes says nothing.
  const [isCode, isSecret] = [isSame(said, code), isSame(said, secret)];
  return isCode || isSecret;
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
