import type { CoarseGrid } from './coarse-grid.ts';
import { guidePrior } from './guided-prior.ts';
import { estimateForeground, FOREGROUND_VALUES } from './local-foreground.ts';
import type { Trimap } from './trimap.ts';
import { ALPHA_CEILING, ALPHA_FLOOR, PRIOR_PER_VARIANCE, PRIOR_WEIGHT } from './unmix.ts';
import { fitWallPlate, refitWallPlate, WALL_VALUES, type WallPlate } from './wall-plate.ts';

/** What is known about each cell of the grid before the pixels themselves are looked at. */
export type ColourModel = {
  readonly wall: WallPlate;
  /** `FOREGROUND_VALUES` per cell. */
  readonly foreground: Float32Array;
  /** `GUIDE_VALUES` per cell. */
  readonly guide: Float32Array;
};

/** A third round changed the scores by less than one in a thousand. */
const ROUNDS = 2;
/** Coverage from which a cell shows the person's colour, once the wall's share is taken out. */
const MOSTLY_PERSON = 0.7;
/** Coverage up to which a cell counts as wall. */
const BARELY_PERSON = 0.04;

/**
 * Estimates the wall, the person's colours and the prior together: each round uses the coverage
 * that the last one gave to learn the colours closer to the outline, and the colours to correct
 * the coverage. `visibleWall`: 1 where a cell is surely wall that the source shows.
 */
export function fitColourModel(
  grid: CoarseGrid,
  trimap: Trimap,
  visibleWall: Float32Array,
): ColourModel {
  let wall = fitWallPlate(grid, visibleWall);
  let foreground = estimateForeground(grid, grid.colour, trimap.foreground);
  let guide = guidePrior(grid, grid.prior);
  for (let round = 0; round < ROUNDS; round++) {
    const coverage = unmixCells(grid, trimap, { wall, foreground, guide });
    foreground = relearnForeground(grid, coverage, wall);
    wall = refitWallPlate(grid, wall, wallCells(grid, coverage));
    guide = guidePrior(grid, unmixCells(grid, trimap, { wall, foreground, guide }));
  }
  return { wall, foreground, guide };
}

/** Coverage of whole cells, by the same equation as for pixels. */
function unmixCells(
  { colour }: CoarseGrid,
  { foreground: sure, background }: Trimap,
  { wall, foreground, guide }: ColourModel,
): Float32Array {
  const coverage = new Float32Array(sure.length);
  for (let i = 0; i < coverage.length; i++) {
    if (sure[i] === 1) coverage[i] = 1;
    else if (background[i] === 0) coverage[i] = unmixCell(i, colour, wall.cells, foreground, guide);
  }
  return coverage;
}

function unmixCell(
  i: number,
  colour: Float32Array,
  wall: Float32Array,
  foreground: Float32Array,
  guide: Float32Array,
): number {
  let along = 0;
  let contrast = 0;
  let prior = guide[4 * i + 3]!;
  for (let c = 0; c < 3; c++) {
    const value = colour[3 * i + c]!;
    const base = wall[WALL_VALUES * i + c]!;
    const difference = foreground[FOREGROUND_VALUES * i + c]! - base;
    along += (value - base) * difference;
    contrast += difference * difference;
    prior += guide[4 * i + c]! * value;
  }
  const doubt =
    PRIOR_WEIGHT +
    PRIOR_PER_VARIANCE * (foreground[FOREGROUND_VALUES * i + 3]! + wall[WALL_VALUES * i + 3]!);
  const raw = (along + doubt * clamp(prior)) / (contrast + doubt);
  return clamp((raw - ALPHA_FLOOR) / (ALPHA_CEILING - ALPHA_FLOOR));
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** The person's colour where a cell is mostly person, with the wall's share taken out. */
function relearnForeground(
  grid: CoarseGrid,
  coverage: Float32Array,
  { cells }: WallPlate,
): Float32Array {
  const known = new Float32Array(coverage.length);
  const colour = new Float32Array(grid.colour.length);
  for (let i = 0; i < known.length; i++) {
    const share = coverage[i]!;
    if (share < MOSTLY_PERSON) continue;
    known[i] = 1;
    for (let c = 0; c < 3; c++) {
      const behind = (1 - share) * cells[WALL_VALUES * i + c]!;
      colour[3 * i + c] = clamp((grid.colour[3 * i + c]! - behind) / share);
    }
  }
  return estimateForeground(grid, colour, known);
}

function wallCells({ onSource }: CoarseGrid, coverage: Float32Array): Float32Array {
  return coverage.map((share, i) => (share <= BARELY_PERSON && onSource[i] === 1 ? 1 : 0));
}
