import type { CheckResult, PhotoProfile } from '@gradshot/domain';
import { fingerprintDistance } from './fingerprint.ts';
import { holdAbove, WHOLE_PICTURE } from './verdict.ts';

/** Whether this picture was refused before; no check at all when nothing was. */
export function repeatChecks(
  fingerprint: string,
  refusedBefore: readonly string[],
  { thresholds }: PhotoProfile,
): CheckResult[] {
  if (refusedBefore.length === 0) return [];
  const nearest = Math.min(...refusedBefore.map((old) => fingerprintDistance(fingerprint, old)));
  return [
    holdAbove('picture.repeated', nearest, thresholds.repeatBits, {
      problem: 'refusedBefore',
      hint: WHOLE_PICTURE,
    }),
  ];
}
