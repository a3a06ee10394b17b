import { toLab } from '../checks/colour-space.ts';
import type { CropRegion } from '../picture/crop.ts';
import { sampleRegion } from '../picture/crop.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import { MASK_SIZE } from '../segmentation/person-mask.ts';

/** The wall is read on a coarse grid: furniture and posters are large. */
const GRID = 64;
const CELL = MASK_SIZE / GRID;
/** More person than this anywhere near, and a cell is not surely wall. */
const SURELY_WALL = 0.06;
/** Cells around a cell that must be wall too, so that hair and soft edges stay out. */
const CLEARANCE = 2;
/** With fewer cells than this nothing is said. */
const MIN_CELLS = 120;

export type WallEvenness = {
  /** Standard deviation of L*. */
  readonly lightness: number;
  /** Standard deviation of a* and b* together. */
  readonly colour: number;
};

/**
 * How even the wall around the person is; undefined when too little of it is seen. `mask`: the
 * person mask over `region`.
 */
export function wallEvenness(
  pyramid: ImagePyramid,
  region: CropRegion,
  mask: Float32Array,
): WallEvenness | undefined {
  const pixels = sampleRegion(pyramid, region, GRID, GRID);
  const person = coarseMaximum(mask);
  const sums = new Moments();
  for (let y = CLEARANCE; y < GRID - CLEARANCE; y++) {
    for (let x = CLEARANCE; x < GRID - CLEARANCE; x++) {
      if (!isWall(person, x, y)) continue;
      const at = 3 * (y * GRID + x);
      sums.add(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!);
    }
  }
  return sums.count < MIN_CELLS ? undefined : sums.deviations();
}

/** Largest mask value in each grid cell. */
function coarseMaximum(mask: Float32Array): Float32Array {
  const coarse = new Float32Array(GRID * GRID);
  for (let y = 0; y < MASK_SIZE; y++) {
    for (let x = 0; x < MASK_SIZE; x++) {
      const cell = Math.floor(y / CELL) * GRID + Math.floor(x / CELL);
      coarse[cell] = Math.max(coarse[cell]!, mask[y * MASK_SIZE + x]!);
    }
  }
  return coarse;
}

function isWall(person: Float32Array, x: number, y: number): boolean {
  for (let row = y - CLEARANCE; row <= y + CLEARANCE; row++) {
    for (let column = x - CLEARANCE; column <= x + CLEARANCE; column++) {
      if (person[row * GRID + column]! > SURELY_WALL) return false;
    }
  }
  return true;
}

/** Running sums of L*, a*, b* and their squares. */
class Moments {
  count = 0;
  readonly #sums = [0, 0, 0];
  readonly #squares = [0, 0, 0];

  add(red: number, green: number, blue: number): void {
    const { l, a, b } = toLab(red, green, blue);
    [l, a, b].forEach((value, i) => {
      this.#sums[i]! += value;
      this.#squares[i]! += value * value;
    });
    this.count++;
  }

  deviations(): WallEvenness {
    const [l, a, b] = this.#sums.map((sum, i) => {
      const mean = sum / this.count;
      return Math.sqrt(Math.max(0, this.#squares[i]! / this.count - mean * mean));
    }) as [number, number, number];
    return { lightness: l, colour: Math.hypot(a, b) };
  }
}
