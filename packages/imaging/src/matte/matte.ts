import type { RgbImage } from '../picture/rgb-image.ts';
import {
  type CoarseGrid,
  type FrameArea,
  type MaskPlacement,
  makeCoarseGrid,
} from './coarse-grid.ts';
import { fitColourModel } from './colour-model.ts';
import { reclaimPlanes } from './plane-pool.ts';
import { makeTrimap } from './trimap.ts';
import { type Cutout, packCells, unmix } from './unmix.ts';
import { WALL_VALUES } from './wall-plate.ts';

export type Matte = Cutout & {
  readonly grid: CoarseGrid;
  /** 1 where a cell is surely wall that the source shows. */
  readonly visibleWall: Float32Array;
  /** RMS of the wall against a smooth surface, 0–1; 1 when too little wall is in view. */
  readonly wallResidual: number;
};

/** Smallest noise that is assumed: half a step of an 8-bit value, a little more for compression. */
const MIN_NOISE = 0.004;
/** Mean absolute deviation → standard deviation of a normal distribution. */
const MEAN_TO_SIGMA = 1.25;

/**
 * Separates the person from a plain wall. `frame`: the photo to be at one or two times its size.
 * `placement`: the person mask and where it lies on the frame. `area`: the part of the frame that
 * the source picture covers. `known`: coverage of the frame's pixels, 0–1, where a matting network
 * gave it: it takes the place of what mask and colours suggest, and the wall's and the person's
 * colours then work on it as on that.
 */
export function extractMatte(
  frame: RgbImage,
  placement: MaskPlacement,
  area: FrameArea,
  known?: Float32Array,
): Matte {
  reclaimPlanes();
  const grid = makeCoarseGrid(frame, placement, area, known);
  const trimap = makeTrimap(grid);
  const visibleWall = trimap.background.map((sure, i) => sure * grid.onSource[i]!);
  const model = fitColourModel(grid, trimap, visibleWall);
  const { wall } = model;
  const values = packCells(model);
  const noise = measureNoise(frame, grid, wall.cells, visibleWall);
  const cutout = unmix(frame, grid, trimap, { values, noise });
  return { ...cutout, grid, visibleWall, wallResidual: wall.residual };
}

/** Standard deviation of single pixels against the plate, 0–1, from one pixel of every cell. */
function measureNoise(
  frame: RgbImage,
  { step, width }: CoarseGrid,
  wall: Float32Array,
  visibleWall: Float32Array,
): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < visibleWall.length; i++) {
    if (visibleWall[i] === 0) continue;
    const y = Math.min(frame.height - 1, Math.floor(i / width) * step + (step >> 1));
    const x = Math.min(frame.width - 1, (i % width) * step + (step >> 1));
    const at = (y * frame.width + x) * 3;
    for (let c = 0; c < 3; c++)
      sum += Math.abs(frame.data[at + c]! / 255 - wall[WALL_VALUES * i + c]!);
    count += 3;
  }
  return Math.max(MIN_NOISE, count === 0 ? 0 : (sum / count) * MEAN_TO_SIGMA);
}
