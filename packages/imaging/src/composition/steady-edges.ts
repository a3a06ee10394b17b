import type { PersonMask } from './person-mask.ts';

type Size = { readonly width: number; readonly height: number };

/** Mask cells at the picture's edge in which the network, seeing nothing beyond, gives way. */
const UNSURE_CELLS = 4;

/**
 * The person mask fades towards the picture's lower edge and sides even where the body plainly
 * goes on. There the cells just inside are repeated up to the edge. The upper edge is left alone:
 * hair that stops right below it must not be made to touch it. Changes the mask in place.
 */
export function steadyEdges({ values, size, region }: PersonMask, source: Size): void {
  const last = size - 1;
  if (region.y + region.height >= source.height) {
    const inside = (last - UNSURE_CELLS) * size;
    for (let row = size - UNSURE_CELLS; row < size; row++) {
      values.copyWithin(row * size, inside, inside + size);
    }
  }
  const left = region.x <= 0;
  const right = region.x + region.width >= source.width;
  if (!left && !right) return;
  for (let start = 0; start < size * size; start += size) {
    if (left) values.fill(values[start + UNSURE_CELLS]!, start, start + UNSURE_CELLS);
    if (right) {
      const inside = values[start + last - UNSURE_CELLS]!;
      values.fill(inside, start + size - UNSURE_CELLS, start + size);
    }
  }
}
