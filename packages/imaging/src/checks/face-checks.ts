import type { CheckResult } from '@gradshot/domain';
import { distance, MESH, type Point } from '../face/face-analysis.ts';
import type { FacePatch } from './face-patch.ts';
import { lumaAt, meanLuma, outline } from './face-samples.ts';
import { hintAround, type MeasuredFace } from './measured-photo.ts';
import {
  LEFT_CHEEK,
  LEFT_EYE,
  LEFT_SOCKET,
  RIGHT_CHEEK,
  RIGHT_EYE,
  RIGHT_SOCKET,
} from './mesh-outlines.ts';
import { visitPolygon } from './polygon.ts';
import { holdAbove, holdBelow } from './verdict.ts';

/** Mouth corners at least this far apart, in eye spans, make a happy face a laugh. */
const WIDE_MOUTH = 0.62;
const EYES = [...LEFT_EYE, ...RIGHT_EYE];
const MOUTH = [MESH.leftMouthCorner, MESH.rightMouthCorner, 0, 17];

export function faceChecks(measured: MeasuredFace): CheckResult[] {
  const { thresholds } = measured.profile;
  const eyeHint = hintAround(measured, EYES, 0.15);
  const mouthHint = hintAround(measured, MOUTH, 0.15);
  const sunglasses = eyeToCheek(measured.patch);
  // behind dark glasses the lids are a guess, and taking the glasses off comes first anyway
  const covered = sunglasses < thresholds.sunglasses.fail;
  const { leftEye, rightEye } = measured.face;
  return [
    holdAbove('eyes.sunglasses', sunglasses, thresholds.sunglasses, {
      problem: 'removeSunglasses',
      hint: eyeHint,
    }),
    holdAbove(
      'eyes.open',
      covered ? null : Math.min(leftEye.opening, rightEye.opening),
      thresholds.eyeOpening,
      { problem: 'openEyes', hint: eyeHint },
    ),
    holdBelow('eyes.hair', covered ? null : hairOverEyes(measured.patch), thresholds.eyeHair, {
      problem: 'hairFromEyes',
      hint: eyeHint,
    }),
    holdBelow('mouth.closed', mouthGap(measured), thresholds.mouthGap, {
      problem: 'closeMouth',
      hint: mouthHint,
    }),
    holdBelow('expression.neutral', laugh(measured), thresholds.smile, {
      problem: 'neutralFace',
      hint: mouthHint,
    }),
  ];
}

function mouthGap({ face }: MeasuredFace): number {
  const at = (point: number): Point => face.points[point]!;
  const gap = distance(at(MESH.upperLipInner), at(MESH.lowerLipInner));
  return gap / distance(at(MESH.leftMouthCorner), at(MESH.rightMouthCorner));
}

/** Probability of a happy face when the mouth is wide as well: either alone is common at rest. */
function laugh({ face }: MeasuredFace): number {
  const at = (point: number): Point => face.points[point]!;
  const mouth = distance(at(MESH.leftMouthCorner), at(MESH.rightMouthCorner));
  const eyes = distance(at(MESH.leftEyeOuter), at(MESH.rightEyeOuter));
  return mouth / eyes > WIDE_MOUTH ? face.expressions.happy : 0;
}

/** Mean brightness of the eyes against the cheeks; dark glasses push it far below any real eye. */
export function eyeToCheek(patch: FacePatch): number {
  const eyes = meanLuma(patch, LEFT_EYE) + meanLuma(patch, RIGHT_EYE);
  const cheeks = meanLuma(patch, LEFT_CHEEK) + meanLuma(patch, RIGHT_CHEEK);
  return eyes / Math.max(1, cheeks);
}

/** Darker than this share of the cheek's brightness is hair (or a frame), not skin in shadow. */
const HAIR_DARKNESS = 0.45;

/**
 * Share of the eye sockets, without the eyes themselves, that is much darker than the cheeks: the
 * worse of the two sides. Frames of glasses raise it too, so it only advises.
 */
export function hairOverEyes(patch: FacePatch): number {
  const cheek = (meanLuma(patch, LEFT_CHEEK) + meanLuma(patch, RIGHT_CHEEK)) / 2;
  return Math.max(
    darkShare(patch, LEFT_SOCKET, LEFT_EYE, cheek),
    darkShare(patch, RIGHT_SOCKET, RIGHT_EYE, cheek),
  );
}

function darkShare(
  patch: FacePatch,
  socket: readonly number[],
  eye: readonly number[],
  cheek: number,
): number {
  const inEye = new Set<number>();
  visitPolygon(grown(outline(patch, eye), 1.35), patch.width, patch.height, (i) => inEye.add(i));
  let dark = 0;
  let all = 0;
  visitPolygon(outline(patch, socket), patch.width, patch.height, (i) => {
    if (inEye.has(i)) return;
    all++;
    if (lumaAt(patch, i) < HAIR_DARKNESS * cheek) dark++;
  });
  return all === 0 ? 0 : dark / all;
}

/** Lashes belong to the eye: its outline, enlarged about its middle. */
function grown(corners: readonly Point[], factor: number): Point[] {
  const x = corners.reduce((sum, corner) => sum + corner.x, 0) / corners.length;
  const y = corners.reduce((sum, corner) => sum + corner.y, 0) / corners.length;
  return corners.map((corner) => ({
    x: x + (corner.x - x) * factor,
    y: y + (corner.y - y) * factor * 1.4,
  }));
}
