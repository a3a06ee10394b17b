import { borrowPlane } from './plane-pool.ts';

/** A picture level of interleaved channels, each value already multiplied by its weight. */
type Level = {
  readonly width: number;
  readonly height: number;
  readonly weights: Float32Array;
  readonly values: Float32Array;
};

/**
 * Fills the gaps of a picture smoothly from what surrounds them: averages up a pyramid where
 * something is known, then flows back down where nothing is.
 * `values`: interleaved channels, row by row; changed in place to the filled picture.
 * `weights`: 0 (unknown) to 1 (known) for each pixel; left as they are.
 */
export function pushPull(
  values: Float32Array,
  weights: Float32Array,
  width: number,
  height: number,
  channels: number,
): void {
  const levels = push({ width, height, weights, values }, channels);
  for (let index = levels.length - 2; index >= 0; index--) {
    pull(levels[index]!, levels[index + 1]!, channels);
  }
}

function push(finest: Level, channels: number): Level[] {
  weightValues(finest, channels);
  const levels = [finest];
  let last = finest;
  while (last.width > 1 || last.height > 1) {
    last = halve(last, channels);
    levels.push(last);
  }
  const known = last.weights[0]!;
  if (known > 0 && known < 1) for (let c = 0; c < channels; c++) last.values[c]! /= known;
  return levels;
}

function weightValues({ weights, values }: Level, channels: number): void {
  for (let i = 0, at = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight === 1) {
      at += channels;
    } else {
      for (let c = 0; c < channels; c++, at++) values[at]! *= weight;
    }
  }
}

function halve(fine: Level, channels: number): Level {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const weights = borrowPlane(width * height);
  const values = borrowPlane(width * height * channels);
  for (let y = 0; y < fine.height; y++) {
    for (let x = 0; x < fine.width; x++) {
      const from = y * fine.width + x;
      const weight = fine.weights[from]!;
      if (weight === 0) continue;
      const to = (y >> 1) * width + (x >> 1);
      weights[to]! += weight;
      for (let c = 0; c < channels; c++)
        values[to * channels + c]! += fine.values[from * channels + c]!;
    }
  }
  capWeights(weights, values, channels);
  return { width, height, weights, values };
}

/** A cell that knows enough counts as one; more samples do not make it worth more. */
function capWeights(weights: Float32Array, values: Float32Array, channels: number): void {
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i]!;
    if (weight <= 1) continue;
    for (let c = 0; c < channels; c++) values[i * channels + c]! /= weight;
    weights[i] = 1;
  }
}

/** Adds to each pixel what the coarser level says, as far as the pixel itself does not know. */
function pull(fine: Level, coarse: Level, channels: number): void {
  const { width, height } = fine;
  for (let y = 0; y < height; y++) {
    const cy = clamp(y / 2 - 0.25, coarse.height - 1);
    const top = cy | 0;
    const below = Math.min(top + 1, coarse.height - 1) * coarse.width;
    const fy = cy - top;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const missing = 1 - fine.weights[i]!;
      if (missing <= 0) continue;
      const cx = clamp(x / 2 - 0.25, coarse.width - 1);
      const left = cx | 0;
      const right = Math.min(left + 1, coarse.width - 1);
      const fx = cx - left;
      const a = (top * coarse.width + left) * channels;
      const b = (top * coarse.width + right) * channels;
      const c = (below + left) * channels;
      const d = (below + right) * channels;
      for (let k = 0; k < channels; k++) {
        const upper = coarse.values[a + k]! * (1 - fx) + coarse.values[b + k]! * fx;
        const lower = coarse.values[c + k]! * (1 - fx) + coarse.values[d + k]! * fx;
        fine.values[i * channels + k]! += missing * (upper * (1 - fy) + lower * fy);
      }
    }
  }
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}
