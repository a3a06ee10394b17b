import type { RgbImage } from '../picture/rgb-image.ts';
import type { CoarseGrid } from './coarse-grid.ts';
import type { ColourModel } from './colour-model.ts';
import { GUIDE_VALUES } from './guided-prior.ts';
import { FOREGROUND_VALUES } from './local-foreground.ts';
import { borrowPlane } from './plane-pool.ts';
import type { Trimap } from './trimap.ts';
import { ALPHA_CEILING, ALPHA_FLOOR, PRIOR_PER_VARIANCE, PRIOR_WEIGHT } from './unmix-weights.ts';
import { WALL_VALUES } from './wall-plate.ts';

/** Everything known about a cell, interleaved so that a block of pixels reads four neighbours. */
export const CELL_VALUES = 3 + FOREGROUND_VALUES + GUIDE_VALUES + 1;
const WALL = 0;
const PERSON = 3;
const DOUBT = 6;
const GUIDE = 7;
const CEILING = 11;

/** `packCells`, and the standard deviation of single pixels, 0–1. */
export type CellModel = { readonly values: Float32Array; readonly noise: number };

/** Weight of the prior for what the wall's noise leaves in doubt. */
const PRIOR_PER_NOISE = 12;
/** How far the person's colour may leave the local mean at low coverage. */
const COLOUR_DAMPING = 0.03;
/** Beyond these the pixel counts as all person, or all wall. */
const NEARLY_ALL = 0.995;
const NEARLY_NONE = 0.004;

export function packCells({ wall: { cells: wall }, ...model }: ColourModel): Float32Array {
  const { foreground, guide, ceiling } = model;
  const count = ceiling.length;
  const out = borrowPlane(count * CELL_VALUES);
  for (let i = 0, at = 0; i < count; i++, at += CELL_VALUES) {
    for (let c = 0; c < 3; c++) {
      out[at + WALL + c] = wall[WALL_VALUES * i + c]!;
      out[at + PERSON + c] = foreground[FOREGROUND_VALUES * i + c]!;
    }
    out[at + DOUBT] =
      PRIOR_PER_VARIANCE * (foreground[FOREGROUND_VALUES * i + 3]! + wall[WALL_VALUES * i + 3]!);
    for (let c = 0; c < GUIDE_VALUES; c++) out[at + GUIDE + c] = guide[GUIDE_VALUES * i + c]!;
    out[at + CEILING] = ceiling[i]!;
  }
  return out;
}

/** What a matte is made of: coverage and the person's own colour, free of the wall's. */
export type Cutout = {
  readonly width: number;
  readonly height: number;
  /** 0 wall – 255 person. */
  readonly alpha: Uint8Array;
  /** Interleaved R, G, B of the person; meaningless where alpha is 0. */
  readonly colour: Uint8Array;
};

/**
 * Finds coverage and colour of every pixel of the unknown band from
 * C = αF + (1 − α)B with B the wall plate and F near the local colour of the person:
 * α = ((C − B)·(F₀ − B) + λα₀) ÷ (|F₀ − B|² + λ), where λ grows with the doubt about F₀ and the
 * noise, so that the prior α₀ decides where the colours cannot.
 */
export function unmix(
  frame: RgbImage,
  grid: CoarseGrid,
  { foreground, background }: Trimap,
  model: CellModel,
): Cutout {
  const { width, height } = frame;
  const alpha = new Uint8Array(width * height);
  // a copy by the constructor is one memory move; Buffer's own slice would share the memory
  const colour = new Uint8Array(frame.data);
  const block = new BlockUnmixer(frame, grid, model, alpha, colour);
  // blocks lie between the centres of four cells, so each reads the same four
  for (let cellY = -1; cellY < grid.height; cellY++) {
    const top = Math.max(0, cellY) * grid.width;
    const below = Math.min(cellY + 1, grid.height - 1) * grid.width;
    let personFrom = NONE;
    for (let cellX = -1; cellX < grid.width; cellX++) {
      const left = Math.max(0, cellX);
      const right = Math.min(cellX + 1, grid.width - 1);
      const a = top + left;
      const b = top + right;
      const c = below + left;
      const d = below + right;
      if (foreground[a]! + foreground[b]! + foreground[c]! + foreground[d]! === 4) {
        if (personFrom === NONE) personFrom = cellX;
        continue;
      }
      if (personFrom !== NONE) block.fill(personFrom, cellX - 1, cellY);
      personFrom = NONE;
      if (background[a]! + background[b]! + background[c]! + background[d]! === 4) continue;
      block.solve(cellX, cellY, a, b, c, d);
    }
    if (personFrom !== NONE) block.fill(personFrom, grid.width - 1, cellY);
  }
  return { width, height, alpha, colour };
}

/** No cell: the first one is −1, half outside the frame. */
const NONE = -2;

/** Works on one block of pixels at a time with arrays that are made once. */
class BlockUnmixer {
  readonly #frame: RgbImage;
  readonly #step: number;
  readonly #values: Float32Array;
  readonly #known: Float32Array | undefined;
  readonly #noiseWeight: number;
  readonly #alpha: Uint8Array;
  readonly #colour: Uint8Array;
  readonly #here = new Float64Array(CELL_VALUES);
  readonly #slope = new Float64Array(CELL_VALUES);

  constructor(
    frame: RgbImage,
    grid: CoarseGrid,
    model: CellModel,
    alpha: Uint8Array,
    colour: Uint8Array,
  ) {
    this.#frame = frame;
    this.#step = grid.step;
    this.#values = model.values;
    this.#known = grid.known;
    this.#noiseWeight = PRIOR_WEIGHT + PRIOR_PER_NOISE * model.noise ** 2;
    this.#alpha = alpha;
    this.#colour = colour;
  }

  #start(cell: number): number {
    return Math.max(0, Math.round((cell + 0.5) * this.#step));
  }

  #end(cell: number, size: number): number {
    return Math.min(size, Math.round((cell + 1.5) * this.#step));
  }

  /** All person, from one block of a row to another. */
  fill(firstX: number, lastX: number, cellY: number): void {
    const { width, height } = this.#frame;
    const from = this.#start(firstX);
    const to = this.#end(lastX, width);
    for (let y = this.#start(cellY); y < this.#end(cellY, height); y++) {
      this.#alpha.fill(255, y * width + from, y * width + to);
    }
  }

  solve(cellX: number, cellY: number, a: number, b: number, c: number, d: number): void {
    const { width, height } = this.#frame;
    const from = this.#start(cellX);
    const to = this.#end(cellX, width);
    for (let y = this.#start(cellY); y < this.#end(cellY, height); y++) {
      const fy = (y + 0.5) / this.#step - cellY - 0.5;
      this.#interpolate((from + 0.5) / this.#step - cellX - 0.5, fy, a, b, c, d);
      this.#solveRow(y * width + from, to - from);
    }
  }

  /** Values at the row's first pixel, and their change from pixel to pixel. */
  #interpolate(fx: number, fy: number, a: number, b: number, c: number, d: number): void {
    const values = this.#values;
    const perPixel = 1 / this.#step;
    for (let k = 0; k < CELL_VALUES; k++) {
      const left = values[a * CELL_VALUES + k]! * (1 - fy) + values[c * CELL_VALUES + k]! * fy;
      const right = values[b * CELL_VALUES + k]! * (1 - fy) + values[d * CELL_VALUES + k]! * fy;
      this.#here[k] = left + (right - left) * fx;
      this.#slope[k] = (right - left) * perPixel;
    }
  }

  #solveRow(start: number, count: number): void {
    const { data } = this.#frame;
    const here = this.#here;
    const slope = this.#slope;
    const known = this.#known;
    for (let i = start; i < start + count; i++) {
      const red = data[3 * i]! / 255;
      const green = data[3 * i + 1]! / 255;
      const blue = data[3 * i + 2]! / 255;
      const dr = here[PERSON]! - here[WALL]!;
      const dg = here[PERSON + 1]! - here[WALL + 1]!;
      const db = here[PERSON + 2]! - here[WALL + 2]!;
      const along =
        (red - here[WALL]!) * dr + (green - here[WALL + 1]!) * dg + (blue - here[WALL + 2]!) * db;
      const guided = known
        ? known[i]!
        : here[GUIDE]! * red +
          here[GUIDE + 1]! * green +
          here[GUIDE + 2]! * blue +
          here[GUIDE + 3]!;
      const prior = guided < 0 ? 0 : guided > 1 ? 1 : guided;
      const doubt = this.#noiseWeight + here[DOUBT]!;
      const raw = (along + doubt * prior) / (dr * dr + dg * dg + db * db + doubt);
      const stretched = (raw - ALPHA_FLOOR) / (ALPHA_CEILING - ALPHA_FLOOR);
      const top = here[CEILING]!;
      const alpha = stretched < 0 ? 0 : stretched > top ? top : stretched;
      this.#alpha[i] = alpha * 255 + 0.5;
      if (alpha < NEARLY_ALL) this.#decontaminate(i, alpha, red, green, blue);
      for (let k = 0; k < CELL_VALUES; k++) here[k]! += slope[k]!;
    }
  }

  /** Takes the wall's share out of a pixel's colour: F = F₀ + αe ÷ (α² + damping). */
  #decontaminate(i: number, alpha: number, red: number, green: number, blue: number): void {
    const here = this.#here;
    const pull = alpha < NEARLY_NONE ? 0 : alpha / (alpha * alpha + COLOUR_DAMPING);
    const wallShare = 1 - alpha;
    const r = red - alpha * here[PERSON]! - wallShare * here[WALL]!;
    const g = green - alpha * here[PERSON + 1]! - wallShare * here[WALL + 1]!;
    const b = blue - alpha * here[PERSON + 2]! - wallShare * here[WALL + 2]!;
    this.#colour[3 * i] = toByte(here[PERSON]! + pull * r);
    this.#colour[3 * i + 1] = toByte(here[PERSON + 1]! + pull * g);
    this.#colour[3 * i + 2] = toByte(here[PERSON + 2]! + pull * b);
  }
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 1 ? 255 : value * 255 + 0.5;
}
