import type { CheckResult } from '@gradshot/domain';
import type { ComposedPhoto } from '../composition/compose.ts';
import { isTurned } from '../composition/subject.ts';
import { MESH } from '../face/face-analysis.ts';
import { hintAround, type MeasuredFace, type MeasuredPhoto } from './measured-photo.ts';
import { FACE_OVAL } from './mesh-outlines.ts';
import { hintIn } from './photo-hints.ts';
import { holdBelow } from './verdict.ts';

export function poseChecks(measured: MeasuredFace): CheckResult[] {
  const { face, profile } = measured;
  const { rollDeg, yawDeg, pitchDeg } = profile.thresholds;
  const hint = hintAround(measured, FACE_OVAL, 0.05);
  return [
    holdBelow('pose.roll', Math.abs(face.rollDeg), rollDeg, {
      problem: isTurned(face) ? 'upright' : face.rollDeg > 0 ? 'leanRight' : 'leanLeft',
      hint,
    }),
    holdBelow('pose.yaw', Math.abs(face.yawDeg), yawDeg, {
      problem: face.yawDeg > 0 ? 'turnRight' : 'turnLeft',
      hint,
    }),
    holdBelow('pose.pitch', Math.abs(face.pitchDeg), pitchDeg, {
      problem: face.pitchDeg > 0 ? 'chinDown' : 'chinUp',
      hint,
    }),
  ];
}

/** Face widths to either side of the face's centre at which the shoulders' outline is read. */
const SHOULDER_DISTANCES = [0.9, 1, 1.1];
const COVERED = 128;
const DEGREES = 180 / Math.PI;

export function shoulderCheck(measured: MeasuredPhoto): CheckResult {
  const { profile, photo, geometry, frame, face } = measured;
  const scale = profile.height / frame.crop.height;
  const chinY = (face.points[MESH.chin]!.y - frame.crop.y) * scale;
  const slope = shoulderSlopeDeg(photo, geometry.faceCentreX, geometry.faceWidth, chinY);
  return holdBelow(
    'pose.shoulders',
    slope === null ? null : Math.abs(slope),
    profile.thresholds.shoulderDeg,
    {
      problem: slope !== null && slope > 0 ? 'rightShoulderDown' : 'leftShoulderDown',
      hint: hintIn(measured, 'shoulders'),
    },
  );
}

/**
 * Slope of the line through both shoulders, degrees, positive when the picture's right one is
 * lower; null when a shoulder is not in the picture.
 */
export function shoulderSlopeDeg(
  photo: ComposedPhoto,
  centreX: number,
  faceWidth: number,
  fromY: number,
): number | null {
  const left = meanTop(
    photo,
    SHOULDER_DISTANCES.map((d) => centreX - d * faceWidth),
    fromY,
  );
  const right = meanTop(
    photo,
    SHOULDER_DISTANCES.map((d) => centreX + d * faceWidth),
    fromY,
  );
  if (left === null || right === null) return null;
  return Math.atan2(right - left, 2 * faceWidth) * DEGREES;
}

function meanTop(photo: ComposedPhoto, columns: readonly number[], fromY: number): number | null {
  let sum = 0;
  let count = 0;
  for (const column of columns) {
    const top = topOfBody(photo, Math.round(column), Math.round(fromY));
    if (top === null) continue;
    sum += top;
    count++;
  }
  return count === 0 ? null : sum / count;
}

/** First row of the body below `fromY` in a column; null where there is none. */
function topOfBody(
  { coverage, image }: ComposedPhoto,
  column: number,
  fromY: number,
): number | null {
  const { width, height } = image;
  if (column < 0 || column >= width) return null;
  for (let row = Math.max(0, fromY); row < height; row++) {
    if (coverage[row * width + column]! >= COVERED) return row;
  }
  return null;
}
