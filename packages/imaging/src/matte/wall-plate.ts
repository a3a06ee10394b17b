import type { CoarseGrid } from './coarse-grid.ts';
import { borrowPlane } from './plane-pool.ts';
import { cubicTerms, fitSurfaces, TERMS } from './polynomial-surface.ts';
import { pushPull } from './push-pull.ts';
import { smoothCells } from './smooth-cells.ts';

/** Values per cell: R, G, B and the variance of the three together. */
export const WALL_VALUES = 4;

/** The wall as it would look with nobody in front of it. */
export type WallPlate = {
  /** R, G, B (0–1) and how much the wall nearby varies around them, interleaved. */
  readonly cells: Float32Array;
  /** RMS distance of the visible wall from a smooth surface, 0–1: how far from plain it is. */
  readonly residual: number;
};

const MAX_SAMPLES = 1500;
const MIN_SAMPLES = 40;
const ROUNDS = 4;
/** Median absolute deviation → standard deviation of a normal distribution. */
const MAD_TO_SIGMA = 1.48;

/**
 * Fits the wall from the cells that are surely wall: a robust cubic per channel for light that
 * falls off over the wall, then what it leaves (soft shadows, or whatever stands there), carried
 * smoothly behind the person. `background`: 1 where a cell is wall that the source shows.
 */
export function fitWallPlate(grid: CoarseGrid, background: Float32Array): WallPlate {
  const samples = sampleCells(grid, background);
  if (samples.length < MIN_SAMPLES) return unknownWall(grid);
  const surface = evaluateSurfaces(grid, fitRobustly(grid, samples));
  const rest = subtractSurface(grid, surface, background);
  const residual = rootMeanSquare(rest, background);
  pushPull(rest, background, grid.width, grid.height, WALL_VALUES);
  smoothCells(rest, grid.width, grid.height, WALL_VALUES);
  return { cells: addSurface(surface, rest), residual };
}

/** Nothing is known, so the variance is as large as can be and the mask alone decides. */
function unknownWall({ width, height }: CoarseGrid): WallPlate {
  return { cells: borrowPlane(width * height * WALL_VALUES).fill(1), residual: 1 };
}

/** What the surface leaves, per channel, and its square over all three. */
function subtractSurface(
  { colour }: CoarseGrid,
  surface: Float32Array,
  background: Float32Array,
): Float32Array {
  const rest = borrowPlane(background.length * WALL_VALUES);
  for (let i = 0, from = 0, to = 0; i < background.length; i++, from += 3, to += WALL_VALUES) {
    if (background[i] === 0) continue;
    const red = colour[from]! - surface[from]!;
    const green = colour[from + 1]! - surface[from + 1]!;
    const blue = colour[from + 2]! - surface[from + 2]!;
    rest[to] = red;
    rest[to + 1] = green;
    rest[to + 2] = blue;
    rest[to + 3] = red * red + green * green + blue * blue;
  }
  return rest;
}

function rootMeanSquare(rest: Float32Array, background: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < background.length; i++) {
    sum += rest[i * WALL_VALUES + 3]!;
    count += background[i]!;
  }
  return Math.sqrt(sum / count);
}

function addSurface(surface: Float32Array, rest: Float32Array): Float32Array {
  for (let from = 0, to = 0; from < surface.length; from += 3, to += WALL_VALUES) {
    const red = rest[to]!;
    const green = rest[to + 1]!;
    const blue = rest[to + 2]!;
    rest[to + 3] = Math.max(0, rest[to + 3]! - red * red - green * green - blue * blue);
    rest[to] = surface[from]! + red;
    rest[to + 1] = surface[from + 1]! + green;
    rest[to + 2] = surface[from + 2]! + blue;
  }
  return rest;
}

function sampleCells({ width, height }: CoarseGrid, background: Float32Array): number[] {
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / MAX_SAMPLES)));
  const cells: number[] = [];
  for (let y = 0; y < height; y += stride) {
    for (let x = 0; x < width; x += stride) {
      if (background[y * width + x]! > 0.5) cells.push(y * width + x);
    }
  }
  return cells;
}

/** Re-weights what lies far from the surface, so that a switch or a picture frame counts little. */
function fitRobustly(grid: CoarseGrid, cells: readonly number[]): Float64Array {
  const terms = new Float64Array(cells.length * TERMS);
  const colours = new Float64Array(cells.length * 3);
  cells.forEach((cell, k) => {
    cubicTerms(acrossX(grid, cell), acrossY(grid, cell), terms.subarray(k * TERMS));
    for (let c = 0; c < 3; c++) colours[3 * k + c] = grid.colour[3 * cell + c]!;
  });
  const weights = new Float64Array(cells.length).fill(1);
  let coefficients = fitSurfaces(terms, colours, weights);
  for (let round = 1; round < ROUNDS; round++) {
    reweight(weights, terms, colours, coefficients);
    coefficients = fitSurfaces(terms, colours, weights);
  }
  return coefficients;
}

function reweight(
  weights: Float64Array,
  terms: Float64Array,
  colours: Float64Array,
  coefficients: Float64Array,
): void {
  const errors = new Float64Array(weights.length);
  for (let k = 0; k < errors.length; k++) {
    for (let c = 0; c < 3; c++) {
      let value = 0;
      for (let p = 0; p < TERMS; p++) value += coefficients[c * TERMS + p]! * terms[k * TERMS + p]!;
      errors[k]! += Math.abs(colours[3 * k + c]! - value) / 3;
    }
  }
  const median = Float64Array.from(errors).sort()[errors.length >> 1]!;
  const far = 2 * (median * MAD_TO_SIGMA + 2e-3);
  for (let k = 0; k < errors.length; k++) {
    weights[k] = errors[k]! < far ? 1 : (far / errors[k]!) ** 2;
  }
}

function acrossX({ width }: CoarseGrid, cell: number): number {
  return ((cell % width) / width) * 2 - 1;
}

function acrossY({ width, height }: CoarseGrid, cell: number): number {
  return (Math.floor(cell / width) / height) * 2 - 1;
}

/** The cubics at every cell; for one row a cubic in x is all that is left of them. */
function evaluateSurfaces({ width, height }: CoarseGrid, k: Float64Array): Float32Array {
  const out = borrowPlane(width * height * 3);
  for (let y = 0; y < height; y++) {
    const v = (y / height) * 2 - 1;
    for (let c = 0; c < 3; c++) {
      const o = c * TERMS;
      const constant = k[o]! + v * (k[o + 2]! + v * (k[o + 5]! + v * k[o + 9]!));
      const linear = k[o + 1]! + v * (k[o + 4]! + v * k[o + 8]!);
      const square = k[o + 3]! + v * k[o + 7]!;
      const cube = k[o + 6]!;
      for (let x = 0, at = y * width * 3 + c; x < width; x++, at += 3) {
        const u = (x / width) * 2 - 1;
        out[at] = constant + u * (linear + u * (square + u * cube));
      }
    }
  }
  return out;
}

/**
 * The plate again from more of the wall, now that cells close to the person are known to be wall:
 * shadows beside the head are followed where a smooth surface only guesses. Keeps the variances.
 */
export function refitWallPlate(
  grid: CoarseGrid,
  { cells, residual }: WallPlate,
  background: Float32Array,
): WallPlate {
  const refitted = borrowPlane(cells.length);
  for (let i = 0, from = 0, to = 0; i < background.length; i++, from += 3, to += WALL_VALUES) {
    refitted[to] = grid.colour[from]!;
    refitted[to + 1] = grid.colour[from + 1]!;
    refitted[to + 2] = grid.colour[from + 2]!;
    refitted[to + 3] = cells[to + 3]!;
  }
  pushPull(refitted, background, grid.width, grid.height, WALL_VALUES);
  smoothCells(refitted, grid.width, grid.height, WALL_VALUES);
  return { cells: refitted, residual };
}
