import type { CheckResult, MachineCheckCode, RefusalReason } from '@gradshot/domain';

export type LiveHint = {
  readonly hint: RefusalReason;
  /** A photo taken now would be refused. Otherwise it is advice. */
  readonly blocks: boolean;
};

/**
 * The checks that a preview frame can answer, most urgent first: light before pose, because pose
 * is not measured well in the dark; the resolution of a preview says nothing about the photo's.
 */
const LIVE_CHECKS: readonly MachineCheckCode[] = [
  'face.count',
  'light.exposure',
  'eyes.sunglasses',
  'pose.roll',
  'pose.yaw',
  'pose.pitch',
  'eyes.open',
  'mouth.closed',
  'light.evenness',
  'light.highlights',
  'picture.sharpness',
];

/** The hints of those checks that did not pass, most urgent first, refusals before advice. */
export function checkHints(checks: readonly CheckResult[]): LiveHint[] {
  const byCode = new Map(checks.map((check) => [check.code, check]));
  const hints = LIVE_CHECKS.flatMap((code) => {
    const check = byCode.get(code);
    // A value of null is "could not be measured", which a graduate can do nothing about.
    if (!check || check.level === 'pass' || check.value === null) return [];
    const { zh, en, level } = check;
    // A preview is compressed and small: only a plain blur shows in it.
    if (code === 'picture.sharpness' && level !== 'fail') return [];
    return [{ hint: { code, zh, en }, blocks: level === 'fail' }];
  });
  return [...hints.filter(({ blocks }) => blocks), ...hints.filter(({ blocks }) => !blocks)];
}
