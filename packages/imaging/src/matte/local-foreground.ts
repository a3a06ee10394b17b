import { boxMean } from './box-filter.ts';
import type { CoarseGrid } from './coarse-grid.ts';
import { pushPull } from './push-pull.ts';

/** Values per cell: R, G, B and the variance of the three together. */
export const FOREGROUND_VALUES = 4;

/**
 * Colour of the person nearby, and how much it varies, at every cell: known where the cell is
 * surely person, carried outwards elsewhere. `foreground`: 1 where a cell is surely person.
 * Returns R, G, B (0–1) and the variance per cell, interleaved.
 */
export function estimateForeground(grid: CoarseGrid, foreground: Float32Array): Float32Array {
  const { width, height, colour } = grid;
  const count = width * height;
  const moments = new Float32Array(count * 4);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += 3, to += 4) {
    const red = colour[from]!;
    const green = colour[from + 1]!;
    const blue = colour[from + 2]!;
    moments[to] = red;
    moments[to + 1] = green;
    moments[to + 2] = blue;
    moments[to + 3] = red * red + green * green + blue * blue;
  }
  pushPull(moments, foreground, width, height, 4);
  smooth(moments, width, height);
  for (let at = 0; at < moments.length; at += 4) {
    const mean = moments[at]! ** 2 + moments[at + 1]! ** 2 + moments[at + 2]! ** 2;
    moments[at + 3] = Math.max(0, moments[at + 3]! - mean);
  }
  return moments;
}

function smooth(moments: Float32Array, width: number, height: number): void {
  const plane = new Float32Array(width * height);
  const scratch = new Float32Array(width * height);
  for (let c = 0; c < 4; c++) {
    for (let i = 0; i < plane.length; i++) plane[i] = moments[4 * i + c]!;
    for (let pass = 0; pass < 3; pass++) boxMean(plane, width, height, 1, plane, scratch);
    for (let i = 0; i < plane.length; i++) moments[4 * i + c] = plane[i]!;
  }
}
