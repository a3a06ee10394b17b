import { type CheckResult, MACHINE_CHECKS, type RefusalReason } from '@gradshot/domain';
import { faceChecks } from './face-checks.ts';
import { frameChecks } from './frame-checks.ts';
import { headCoveringCheck } from './head-covering.ts';
import { lightChecks } from './light-checks.ts';
import type { MeasuredFace, MeasuredPhoto } from './measured-photo.ts';
import { pictureChecks } from './picture-checks.ts';
import { poseChecks, shoulderCheck } from './pose-checks.ts';
import { conclude, type Hint, WHOLE_PICTURE } from './verdict.ts';
import { clothesChecks, wallChecks } from './wall-checks.ts';

/** Checks that need the source's face alone. */
export function checkFace(measured: MeasuredFace): CheckResult[] {
  return [
    ...poseChecks(measured),
    ...faceChecks(measured),
    ...pictureChecks(measured),
    ...lightChecks(measured),
  ];
}

/** Checks that need the finished photo. */
export function checkPhoto(measured: MeasuredPhoto): CheckResult[] {
  return [
    shoulderCheck(measured),
    ...frameChecks(measured),
    ...wallChecks(measured),
    ...clothesChecks(measured),
    headCoveringCheck(measured),
  ];
}

/** `hint`: where another face is; the whole picture where there is none. */
export function checkFaceCount(faces: number, hint: Hint = WHOLE_PICTURE): CheckResult {
  const level = faces === 1 ? 'pass' : 'fail';
  const measured = { value: faces, limit: 1, level } as const;
  return conclude('face.count', measured, {
    problem: faces === 0 ? 'noFace' : 'severalFaces',
    hint,
  });
}

/** The reason to refuse: the failed check that comes first in the catalogue. */
export function refusalOf(checks: readonly CheckResult[]): RefusalReason | undefined {
  const failed = new Map(checks.filter(({ level }) => level === 'fail').map((c) => [c.code, c]));
  for (const code of Object.keys(MACHINE_CHECKS)) {
    const check = failed.get(code);
    if (check) return { code, zh: check.zh, en: check.en };
  }
  return undefined;
}

/** In the catalogue's order, which is the order for reading. */
export function inReadingOrder(checks: readonly CheckResult[]): CheckResult[] {
  const order = Object.keys(MACHINE_CHECKS);
  return [...checks].sort((p, q) => order.indexOf(p.code) - order.indexOf(q.code));
}
