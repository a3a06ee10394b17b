import type { CoarseGrid } from './coarse-grid.ts';
import { borrowPlane } from './plane-pool.ts';
import { pushPull } from './push-pull.ts';
import { smoothCells } from './smooth-cells.ts';

/** Values per cell: R, G, B and the variance of the three together. */
export const FOREGROUND_VALUES = 4;

/**
 * Colour of the person nearby, and how much it varies, at every cell: known where `known` is 1,
 * carried smoothly to where it is 0. `colour`: interleaved R, G, B per cell, 0–1.
 * Returns R, G, B (0–1) and the variance per cell, interleaved.
 */
export function estimateForeground(
  { width, height }: CoarseGrid,
  colour: Float32Array,
  known: Float32Array,
): Float32Array {
  const moments = borrowPlane(known.length * FOREGROUND_VALUES);
  for (let i = 0, from = 0, to = 0; i < known.length; i++, from += 3, to += FOREGROUND_VALUES) {
    const red = colour[from]!;
    const green = colour[from + 1]!;
    const blue = colour[from + 2]!;
    moments[to] = red;
    moments[to + 1] = green;
    moments[to + 2] = blue;
    moments[to + 3] = red * red + green * green + blue * blue;
  }
  pushPull(moments, known, width, height, FOREGROUND_VALUES);
  smoothCells(moments, width, height, FOREGROUND_VALUES);
  for (let at = 0; at < moments.length; at += FOREGROUND_VALUES) {
    const red = moments[at]!;
    const green = moments[at + 1]!;
    const blue = moments[at + 2]!;
    const variance = moments[at + 3]! - red * red - green * green - blue * blue;
    moments[at + 3] = variance < 0 ? 0 : variance;
  }
  return moments;
}
