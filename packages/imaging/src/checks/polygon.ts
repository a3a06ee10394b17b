import type { Point } from '../face/face-analysis.ts';

/**
 * Calls `visit` with the index of every pixel whose centre lies inside a polygon (even–odd rule),
 * on a picture of `width` × `height` pixels.
 */
export function visitPolygon(
  corners: readonly Point[],
  width: number,
  height: number,
  visit: (pixel: number) => void,
): void {
  const top = Math.max(0, Math.floor(Math.min(...corners.map(({ y }) => y))));
  const bottom = Math.min(height - 1, Math.ceil(Math.max(...corners.map(({ y }) => y))));
  for (let row = top; row <= bottom; row++) {
    const crossings = crossingsOf(corners, row + 0.5);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(width - 1, Math.floor(crossings[k + 1]! - 0.5));
      for (let column = from; column <= to; column++) visit(row * width + column);
    }
  }
}

/** Where a polygon's edges cross the horizontal line at `y`, from left to right. */
function crossingsOf(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  let previous = corners.at(-1)!;
  for (const corner of corners) {
    if (corner.y > y !== previous.y > y) {
      const share = (y - corner.y) / (previous.y - corner.y);
      crossings.push(corner.x + (previous.x - corner.x) * share);
    }
    previous = corner;
  }
  return crossings.sort((p, q) => p - q);
}
