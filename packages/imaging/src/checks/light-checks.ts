import type { CheckResult } from '@gradshot/domain';
import type { Point } from '../face/face-analysis.ts';
import { MESH } from '../face/face-analysis.ts';
import { toLab } from './colour-space.ts';
import type { FacePatch } from './face-patch.ts';
import { lumaAt, meanLuma, outline } from './face-samples.ts';
import { Histogram } from './histogram.ts';
import { hintAround, type MeasuredFace } from './measured-photo.ts';
import { FACE_OVAL, LEFT_CHEEK, RIGHT_CHEEK } from './mesh-outlines.ts';
import { visitPolygon } from './polygon.ts';
import { holdAbove, holdBelow } from './verdict.ts';

/** A pixel this bright has lost the skin's texture. */
const HIGHLIGHT = 245;

export function lightChecks(measured: MeasuredFace): CheckResult[] {
  const { patch, profile } = measured;
  const { faceDark, faceBright, highlights, halfFaceRatio } = profile.thresholds;
  const hint = hintAround(measured, FACE_OVAL, 0.05);
  const lumas = lumasIn(patch, outline(patch, FACE_OVAL));
  const brightness = lightnessOf(lumas.quantile(0.5));
  const bright = lumas.shareAbove(HIGHLIGHT);
  return [
    brightness < faceDark.warn
      ? holdAbove('light.exposure', brightness, faceDark, { problem: 'tooDark', hint })
      : holdBelow('light.exposure', brightness, faceBright, { problem: 'tooBright', hint }),
    holdBelow(
      'light.highlights',
      bright * 100,
      { warn: highlights.warn * 100, fail: highlights.fail * 100 },
      { problem: 'glare', hint },
    ),
    holdAbove('light.evenness', evenness(patch), halfFaceRatio, { problem: 'unevenLight', hint }),
  ];
}

function lightnessOf(grey: number): number {
  return toLab(grey, grey, grey).l;
}

function lumasIn(patch: FacePatch, corners: readonly Point[]): Histogram {
  const lumas = new Histogram(256, 2);
  visitPolygon(corners, patch.width, patch.height, (i) => lumas.add(lumaAt(patch, i)));
  return lumas;
}

/** L* between the cheeks below which a darker half is only hair or the turn of the head. */
const CHEEK_DIFFERENCE = 15;

/**
 * Median of the darker half of the face ÷ that of the brighter one, 0–1. Where the cheeks hardly
 * differ the light is even whatever falls into the hair, and the cheeks' ratio counts.
 */
export function evenness(patch: FacePatch): number {
  const cheeks = [meanLuma(patch, LEFT_CHEEK), meanLuma(patch, RIGHT_CHEEK)].sort((p, q) => p - q);
  const [darker, brighter] = cheeks as [number, number];
  if (lightnessOf(brighter) - lightnessOf(darker) < CHEEK_DIFFERENCE) {
    return darker / Math.max(1, brighter);
  }
  const left = halfMedian(patch, -1);
  const right = halfMedian(patch, 1);
  return Math.min(left, right) / Math.max(1, left, right);
}

function halfMedian(patch: FacePatch, side: -1 | 1): number {
  const top = patch.points[MESH.foreheadTop]!;
  const chin = patch.points[MESH.chin]!;
  const corners = FACE_OVAL.filter((point) => {
    const { x, y } = patch.points[point]!;
    const across = (x - top.x) * (chin.y - top.y) - (y - top.y) * (chin.x - top.x);
    return side * across >= 0 || point === MESH.foreheadTop || point === MESH.chin;
  });
  return lumasIn(patch, outline(patch, corners)).quantile(0.5);
}
