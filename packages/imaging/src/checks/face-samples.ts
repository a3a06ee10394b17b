import type { Point } from '../face/face-analysis.ts';
import { luma } from './colour-space.ts';
import type { FacePatch } from './face-patch.ts';
import { visitPolygon } from './polygon.ts';

/** The corners of an outline on the mesh, patch pixels. */
export function outline(patch: FacePatch, points: readonly number[]): Point[] {
  return points.map((point) => patch.points[point]!);
}

/** Brightness of one pixel of the patch, 0–255. */
export function lumaAt({ pixels }: FacePatch, i: number): number {
  return luma(pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!);
}

/** Mean brightness inside an outline, 0–255. */
export function meanLuma(patch: FacePatch, points: readonly number[]): number {
  let sum = 0;
  let count = 0;
  visitPolygon(outline(patch, points), patch.width, patch.height, (i) => {
    sum += lumaAt(patch, i);
    count++;
  });
  return count === 0 ? 0 : sum / count;
}
