import {
  anotherShotHelps,
  type CheckResult,
  type GuideArrow,
  type GuideHint,
  type HintWeight,
  type MachineCheckCode,
} from '@gradshot/domain';
import type { FaceShape } from '../face/face-analysis.ts';

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

/** The hints of those checks that did not pass, most urgent first. `face`: gives pose its arrow. */
export function checkHints(checks: readonly CheckResult[], face?: FaceShape): GuideHint[] {
  const byCode = new Map(checks.map((check) => [check.code, check]));
  return LIVE_CHECKS.flatMap((code) => {
    const check = byCode.get(code);
    // A value of null is "could not be measured", which a graduate can do nothing about.
    if (!check || check.level === 'pass' || check.value === null) return [];
    const { zh, en, level } = check;
    // A preview is compressed and small: only a plain blur shows in it.
    if (code === 'picture.sharpness' && level !== 'fail') return [];
    const arrow = face && arrowOf(code, face);
    return [{ code, zh, en, weight: weightOf(code, level), ...(arrow ? { arrow } : {}) }];
  });
}

function weightOf(code: MachineCheckCode, level: CheckResult['level']): HintWeight {
  if (level === 'fail') return 'blocks';
  // Light is the station's: who sits before the lamp cannot do much about it.
  return anotherShotHelps(code) ? 'corrects' : 'advises';
}

/** Against the angle that was measured, as the checks' sentences say it. */
function arrowOf(code: MachineCheckCode, face: FaceShape): GuideArrow | undefined {
  if (code === 'pose.roll') return face.rollDeg > 0 ? 'tiltRight' : 'tiltLeft';
  if (code === 'pose.yaw') return face.yawDeg > 0 ? 'turnRight' : 'turnLeft';
  if (code === 'pose.pitch') return face.pitchDeg > 0 ? 'down' : 'up';
  return undefined;
}
