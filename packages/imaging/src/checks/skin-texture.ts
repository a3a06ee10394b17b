import type { FacePatch } from './face-patch.ts';
import { lumaAt, outline } from './face-samples.ts';
import { LEFT_CHEEK, RIGHT_CHEEK } from './mesh-outlines.ts';
import { visitPolygon } from './polygon.ts';

/**
 * Fine texture of the cheeks: mean absolute Laplacian at 90 pixels of eye span, 0–255. Pores and
 * the camera's noise give real skin some; smoothing filters leave next to none.
 */
export function skinTexture(patch: FacePatch): number {
  const { width, height } = patch;
  let sum = 0;
  let count = 0;
  for (const cheek of [LEFT_CHEEK, RIGHT_CHEEK]) {
    visitPolygon(outline(patch, cheek), width, height, (i) => {
      const x = i % width;
      if (x === 0 || x === width - 1 || i < width || i >= width * (height - 1)) return;
      const around =
        lumaAt(patch, i - 1) +
        lumaAt(patch, i + 1) +
        lumaAt(patch, i - width) +
        lumaAt(patch, i + width);
      sum += Math.abs(4 * lumaAt(patch, i) - around);
      count++;
    });
  }
  return count === 0 ? 0 : sum / count;
}
