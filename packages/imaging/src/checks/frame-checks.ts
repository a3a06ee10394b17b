import type { CheckResult } from '@gradshot/domain';
import { measureFault } from '../composition/fault-measures.ts';
import type { CompositionFault } from '../composition/placement.ts';
import type { Subject } from '../composition/subject.ts';
import { hintAround, type MeasuredFace, type MeasuredPhoto } from './measured-photo.ts';
import { FACE_OVAL } from './mesh-outlines.ts';
import { hintAboveFace, hintBelowFace, hintIn } from './photo-hints.ts';
import { conclude, holdAbove, holdWithin } from './verdict.ts';

const COVERED = 128;

export function frameChecks(measured: MeasuredPhoto): CheckResult[] {
  const { geometry, profile, photo } = measured;
  const hint = hintIn(measured, 'head');
  const { hairTopY, eyeLineY, faceWidth, maxCentreOffset } = profile.geometry;
  const centre = profile.width / 2;
  const body = bodyWidth(photo.coverage, profile.width, profile.height);
  const { warn, fail } = profile.thresholds.bodyWidth;
  const inPixels = (faceWidths: number) => Math.round(faceWidths * geometry.faceWidth);
  return [
    conclude(
      'frame.head',
      { value: geometry.hairTopY, limit: 0, level: geometry.hairTopY > 0 ? 'pass' : 'fail' },
      { problem: 'headCut', hint },
    ),
    holdAbove(
      'frame.shoulders',
      body,
      { warn: inPixels(warn), fail: inPixels(fail) },
      { problem: 'shouldersCut', hint: hintIn(measured, 'lowerEdge') },
    ),
    holdWithin('frame.hairTop', geometry.hairTopY, hairTopY, { problem: 'hairTop', hint }),
    holdWithin('frame.eyeLine', geometry.eyeLineY, eyeLineY, { problem: 'eyeLine', hint }),
    holdWithin('frame.faceWidth', geometry.faceWidth, faceWidth, {
      problem: geometry.faceWidth < faceWidth[0] ? 'faceTooSmall' : 'faceTooLarge',
      hint,
    }),
    holdWithin(
      'frame.centre',
      geometry.faceCentreX,
      [centre - maxCentreOffset, centre + maxCentreOffset],
      { problem: 'centreFace', hint },
    ),
  ];
}

/** Covered pixels in the photo's last row. */
function bodyWidth(coverage: Uint8Array, width: number, height: number): number {
  let count = 0;
  for (let i = width * (height - 1); i < width * height; i++) if (coverage[i]! >= COVERED) count++;
  return count;
}

/** The frame check that a photo which cannot be composed fails. `subject`: on the held picture. */
export function frameFaultCheck(
  fault: CompositionFault,
  measured: MeasuredFace,
  subject: Subject,
): CheckResult {
  const hint = hintAround(measured, FACE_OVAL, 0.05);
  const { pyramid, profile } = measured;
  const failed = { ...measureFault(fault, subject, pyramid, profile), level: 'fail' } as const;
  switch (fault) {
    case 'hairCutOff':
      return conclude('frame.head', failed, { problem: 'headCut', hint: hintAboveFace(measured) });
    case 'shouldersCutOff':
      return conclude('frame.shoulders', failed, {
        problem: 'shouldersCut',
        hint: hintBelowFace(measured),
      });
    case 'offCentre':
      return conclude('frame.centre', failed, { problem: 'centreFace', hint });
    case 'tooFar':
      return conclude('frame.faceWidth', failed, { problem: 'faceTooSmall', hint });
    case 'tooClose':
      return conclude('frame.faceWidth', failed, { problem: 'faceTooLarge', hint });
    case 'proportions':
      return conclude('frame.hairTop', failed, { problem: 'hairTop', hint });
  }
}
