import { mayBeCollectionCode } from './code-candidates.ts';
import { type CodePayload, codeKey } from './code-payload.ts';

/**
 * What a camera that looks for a code has before it. `several`: more than one that may be a 采集码, so
 * that whose visit it is cannot be told. `code`: this one, and no other beside it.
 */
export type Sighting =
  | { readonly kind: 'nothing' | 'unsure' | 'several' }
  | { readonly kind: 'code'; readonly code: CodePayload };

export type CodeSight = {
  /** Takes what one look has found. `now` in milliseconds. */
  look(codes: readonly CodePayload[], now: number): Sighting;
};

/**
 * Looks, the first one counted, after which a code is taken for the only one. A reader misses one of two
 * codes now and then; a code that is hard to read is seen once and not again for a while.
 */
const SETTLED_LOOKS = 3;
/** What cannot be a 采集码 is held up that long before it is handed over: the right one may be beside it. */
const ODD_ONE_MS = 1000;
/** A code is still in sight that was missed fewer looks than that, or for a shorter while. */
const MISSED_LOOKS = 4;
const OUT_OF_SIGHT_MS = 600;

type Seen = {
  readonly code: CodePayload;
  readonly first: number;
  /** When it was seen last. */
  at: number;
  /** Looks since it came into sight, and those of them that missed it last. */
  looks: number;
  missed: number;
};

/** Tells one code before a camera from several, whichever of them each look happens to find. */
export function createCodeSight(): CodeSight {
  const inSight = new Map<string, Seen>();
  const remember = (codes: readonly CodePayload[], now: number) => {
    for (const seen of inSight.values()) {
      seen.looks += 1;
      seen.missed += 1;
    }
    for (const code of codes) {
      const seen = inSight.get(codeKey(code));
      if (seen) Object.assign(seen, { at: now, missed: 0 });
      else inSight.set(codeKey(code), { code, first: now, at: now, looks: 1, missed: 0 });
    }
    for (const [key, { missed, at }] of inSight)
      if (missed >= MISSED_LOOKS && now - at >= OUT_OF_SIGHT_MS) inSight.delete(key);
  };
  return {
    look(codes, now) {
      remember(codes, now);
      const all = [...inSight.values()];
      const possible = all.filter(({ code }) => mayBeCollectionCode(code));
      if (possible.length > 1) return { kind: 'several' };
      const only = possible[0] ?? all[0];
      if (!only) return { kind: 'nothing' };
      const settled = possible[0] ? hasSettled(only) : isHeldUp(only, now);
      return settled ? { kind: 'code', code: only.code } : { kind: 'unsure' };
    },
  };
}

/** Told once when it settles, seen or not, and then with every look that sees it. */
const hasSettled = ({ looks, missed }: Seen) =>
  looks === SETTLED_LOOKS || (looks > SETTLED_LOOKS && missed === 0);

const isHeldUp = ({ first, missed }: Seen, now: number) =>
  missed === 0 && now - first >= ODD_ONE_MS;
