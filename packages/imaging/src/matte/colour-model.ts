import type { CoarseGrid } from './coarse-grid.ts';
import { PriorGuide } from './guided-prior.ts';
import { estimateForeground, FOREGROUND_VALUES } from './local-foreground.ts';
import { borrowPlane } from './plane-pool.ts';
import type { Trimap } from './trimap.ts';
import { ALPHA_CEILING, ALPHA_FLOOR, PRIOR_PER_VARIANCE, PRIOR_WEIGHT } from './unmix-weights.ts';
import { fitWallPlate, refitWallPlate, WALL_VALUES, type WallPlate } from './wall-plate.ts';

/** What is known about each cell of the grid before the pixels themselves are looked at. */
export type ColourModel = {
  readonly wall: WallPlate;
  /** `FOREGROUND_VALUES` per cell. */
  readonly foreground: Float32Array;
  /** `GUIDE_VALUES` per cell. */
  readonly guide: Float32Array;
  /** Highest coverage that is believed, 0–1 per cell: below 1 only before a busy background. */
  readonly ceiling: Float32Array;
};

/** Residuals of the wall between which the background counts more and more as busy. */
const PLAIN_WALL = 0.05;
const BUSY_WALL = 0.12;
/**
 * Squared colour difference at which colour and mask count the same: 7 steps of 255 per channel.
 * Before a dark wall more, because compression leaves little of the differences in the dark.
 */
const FAINT_CONTRAST = 0.002;
const FAINT_CONTRAST_IN_DARK = 0.02;
/** Brightness of the wall, 0–1, below which it counts as dark, and as wholly dark. */
const DARK_WALL = 0.35;
const BLACK_WALL = 0.1;
/** Mask values between which, before a busy background, coverage becomes possible at all. */
const MASK_NOWHERE = 0.3;
const MASK_ANYWHERE = 0.8;

/** A second round lowers the errors by one part in fifty more, a third by one in a thousand. */
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
  const busy = Math.max(
    clamp((wall.residual - PLAIN_WALL) / (BUSY_WALL - PLAIN_WALL)),
    darkness(meanBrightness(wall.cells)),
  );
  const ceiling = limitCoverage(grid, busy);
  let foreground = estimateForeground(grid, grid.colour, trimap.foreground);
  const prior = new PriorGuide(grid, busy);
  let guide = prior.fit(grid.prior);
  for (let round = 0; round < ROUNDS; round++) {
    const coverage = unmixCells(grid, trimap, { wall, foreground, guide, ceiling });
    foreground = relearnForeground(grid, coverage, wall);
    wall = refitWallPlate(grid, wall, wallCells(grid, coverage));
    const corrected = unmixCells(grid, trimap, { wall, foreground, guide, ceiling });
    guide = prior.fit(corrected);
    trustMaskWhereAlike(guide, grid.prior, wall.cells, foreground);
  }
  return { wall, foreground, guide, ceiling };
}

/** 0 for a wall that is bright enough, 1 for one in which compression leaves no differences. */
function darkness(brightness: number): number {
  return clamp((DARK_WALL - brightness) / (DARK_WALL - BLACK_WALL));
}

function meanBrightness(wall: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < wall.length; at += WALL_VALUES) {
    sum += wall[at]! + wall[at + 1]! + wall[at + 2]!;
  }
  return (sum * WALL_VALUES) / (3 * wall.length);
}

/**
 * Where person and wall hardly differ in colour, as dark hair before a dark wall, a model that is
 * linear in the colour magnifies noise and compression: there the mask's own outline is better.
 */
function trustMaskWhereAlike(
  guide: Float32Array,
  mask: Float32Array,
  wall: Float32Array,
  foreground: Float32Array,
): void {
  for (let i = 0, at = 0; i < mask.length; i++, at += 4) {
    const red = foreground[at]! - wall[at]!;
    const green = foreground[at + 1]! - wall[at + 1]!;
    const blue = foreground[at + 2]! - wall[at + 2]!;
    const contrast = red * red + green * green + blue * blue;
    const dark = darkness((wall[at]! + wall[at + 1]! + wall[at + 2]!) / 3);
    const trust = contrast / (contrast + FAINT_CONTRAST + dark * FAINT_CONTRAST_IN_DARK);
    for (let k = at; k < at + 4; k++) guide[k]! *= trust;
    guide[at + 3]! += (1 - trust) * mask[i]!;
  }
}

/**
 * Whatever stands behind a person has edges and colours of its own, some of them the person's.
 * Before it the mask, which knows what people look like, sets how much coverage there can be. A
 * matting network knows of single hairs too, and sets no limit.
 */
function limitCoverage({ prior, known }: CoarseGrid, busy: number): Float32Array {
  const ceiling = borrowPlane(prior.length).fill(1);
  if (busy === 0 || known) return ceiling;
  for (let i = 0; i < ceiling.length; i++) {
    const possible = clamp((prior[i]! - MASK_NOWHERE) / (MASK_ANYWHERE - MASK_NOWHERE));
    ceiling[i] = 1 - busy * (1 - possible);
  }
  return ceiling;
}

/** Coverage of whole cells, by the same equation as for pixels. */
function unmixCells(
  { colour }: CoarseGrid,
  { foreground: sure, background }: Trimap,
  { wall, foreground, guide, ceiling }: ColourModel,
): Float32Array {
  const coverage = borrowPlane(sure.length);
  for (let i = 0; i < coverage.length; i++) {
    if (sure[i] === 1) {
      coverage[i] = 1;
    } else if (background[i] === 0) {
      const free = unmixCell(i, colour, wall.cells, foreground, guide);
      coverage[i] = Math.min(ceiling[i]!, free);
    }
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
  const known = borrowPlane(coverage.length);
  const colour = borrowPlane(grid.colour.length);
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
  const wall = borrowPlane(coverage.length);
  for (let i = 0; i < wall.length; i++) {
    wall[i] = coverage[i]! <= BARELY_PERSON ? onSource[i]! : 0;
  }
  return wall;
}
