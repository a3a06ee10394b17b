import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../ground/clock.ts';
import type { PairedTablet, Settings } from '../store/settings.ts';
import { isDiskFull } from '../store/store-failure.ts';

/** A station has one desk or two. */
export const MOST_TABLETS = 8;
export const FORGOTTEN_AFTER_MS = 30 * 86_400_000;
/** It is written down that a tablet is there so often, and no oftener. */
const SEEN_EVERY_MS = 3_600_000;

/** The tablets that may be desks; of a token only its digest is kept. */
export type PairedTablets = {
  list(): readonly PairedTablet[];
  /** Throws when the disk is full. */
  add(name: string): { readonly tablet: PairedTablet; readonly token: string };
  byToken(token: string): PairedTablet | undefined;
  seen(id: string): void;
  /** Holds at once; written as soon as the disk takes it. */
  remove(id: string): void;
  /** Forgets those that were not used for so long, and tells which. */
  forgetUnused(): readonly string[];
};

export function createPairedTablets(settings: Settings, clock: Clock): PairedTablets {
  let tablets = settings.get('pairedTablets') ?? [];

  const keep = (next: readonly PairedTablet[]) => {
    settings.set('pairedTablets', next);
    tablets = next;
  };
  /** What must hold although it cannot be written. */
  const hold = (next: readonly PairedTablet[]) => {
    tablets = next;
    try {
      settings.set('pairedTablets', next);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
    }
  };
  const without = (ids: readonly string[]) => tablets.filter(({ id }) => !ids.includes(id));
  return {
    list: () => tablets,
    add(name) {
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      const tablet = {
        ...{ id: randomUUID(), name, tokenHash: digest(token) },
        ...{ pairedAt: now, lastSeenAt: now },
      };
      keep([...tablets, tablet]);
      return { tablet, token };
    },
    byToken(token) {
      const tokenHash = digest(token);
      return tablets.find((tablet) => tablet.tokenHash === tokenHash);
    },
    seen(id) {
      const now = clock.now();
      const isNews = tablets.some(
        (tablet) => tablet.id === id && Math.abs(now - tablet.lastSeenAt) >= SEEN_EVERY_MS,
      );
      if (!isNews) return;
      hold(tablets.map((tablet) => (tablet.id === id ? { ...tablet, lastSeenAt: now } : tablet)));
    },
    remove: (id) => hold(without([id])),
    forgetUnused() {
      const now = clock.now();
      // Seen by a clock that was ahead: its time begins now.
      if (tablets.some(({ lastSeenAt }) => lastSeenAt > now))
        hold(tablets.map((one) => ({ ...one, lastSeenAt: Math.min(one.lastSeenAt, now) })));
      const unused = tablets.filter(({ lastSeenAt }) => now - lastSeenAt >= FORGOTTEN_AFTER_MS);
      const ids = unused.map(({ id }) => id);
      if (ids.length > 0) hold(without(ids));
      return ids;
    },
  };
}

/** Tokens are looked up by digest, so that the look-up's time says nothing about one. */
function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
