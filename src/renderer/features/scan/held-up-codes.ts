import { type CodePayload, codeKey, createCodeSight, type Sighting } from '@gradshot/domain';
import { createRepeatGuard } from './repeat-guard.ts';

export type HeldUpCodes = {
  /** Takes what one look has found. `now` in milliseconds. */
  look(codes: readonly CodePayload[], now: number): Sighting['kind'];
  /** Lets the code that is held up count once more. */
  again(): void;
};

/** Tells of a code once for every time it is held up, and of none while there are several to choose from. */
export function createHeldUpCodes(onCode: (code: CodePayload) => void): HeldUpCodes {
  const sight = createCodeSight();
  const guard = createRepeatGuard();
  return {
    look(codes, now) {
      if (codes.length === 0) guard.missed();
      const seen = sight.look(codes, now);
      if (seen.kind === 'code' && guard.isNew(codeKey(seen.code), now)) onCode(seen.code);
      return seen.kind;
    },
    again: guard.reset,
  };
}
