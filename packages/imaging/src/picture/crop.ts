import type { ModelInput } from '../models/manifest.ts';
import type { ImagePyramid } from './image-pyramid.ts';
import type { RgbImage } from './rgb-image.ts';

/**
 * A rectangle of the picture, possibly turned and partly outside. `centreX`, `centreY`, `width`,
 * `height` in pixels; `angle` in radians, positive clockwise on the screen.
 */
export type CropRegion = {
  readonly centreX: number;
  readonly centreY: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
  /** Mirrors left and right inside the crop; the iris network knows only one eye. */
  readonly flip?: boolean;
};

/** The whole picture. */
export function wholePicture({ width, height }: { width: number; height: number }): CropRegion {
  return { centreX: width / 2, centreY: height / 2, width, height, angle: 0 };
}

/** Maps a point of the crop (0–1 in both axes) to picture pixels. */
export function cropToPicture(region: CropRegion, u: number, v: number): { x: number; y: number } {
  const dx = (u - 0.5) * region.width * (region.flip ? -1 : 1);
  const dy = (v - 0.5) * region.height;
  const cos = Math.cos(region.angle);
  const sin = Math.sin(region.angle);
  return { x: region.centreX + dx * cos - dy * sin, y: region.centreY + dx * sin + dy * cos };
}

/** Source position of the crop's first pixel centre, and the steps per output column and row. */
type Steps = {
  readonly x: number;
  readonly y: number;
  readonly columnX: number;
  readonly columnY: number;
  readonly rowX: number;
  readonly rowY: number;
};

function steps(region: CropRegion, width: number, height: number, scale: number): Steps {
  const cos = Math.cos(region.angle) / scale;
  const sin = Math.sin(region.angle) / scale;
  const perColumn = (region.width / width) * (region.flip ? -1 : 1);
  const perRow = region.height / height;
  const columnX = perColumn * cos;
  const columnY = perColumn * sin;
  const rowX = -perRow * sin;
  const rowY = perRow * cos;
  // Pixel centres lie at + ½ in both pictures.
  const x = region.centreX / scale - 0.5 - (columnX * (width - 1) + rowX * (height - 1)) / 2;
  const y = region.centreY / scale - 0.5 - (columnY * (width - 1) + rowY * (height - 1)) / 2;
  return { x, y, columnX, columnY, rowX, rowY };
}

/** Pyramid level at which one output pixel spans between one and two source pixels. */
function levelFor(region: CropRegion, width: number, height: number): number {
  const pixelsPerOutput = Math.max(region.width / width, region.height / height);
  return Math.max(0, Math.floor(Math.log2(pixelsPerOutput) + 0.25));
}

/**
 * Resamples a region bilinearly to interleaved R, G, B in 0–255. Outside the picture: black.
 * Returns `width * height * 3` values.
 */
export function sampleRegion(
  pyramid: ImagePyramid,
  region: CropRegion,
  width: number,
  height: number,
): Float32Array {
  const { image, scale } = pyramid.level(levelFor(region, width, height));
  const out = new Float32Array(width * height * 3);
  const step = steps(region, width, height, scale);
  for (let row = 0; row < height; row++) {
    const x = step.x + row * step.rowX;
    const y = step.y + row * step.rowY;
    sampleRow(image, out, { ...step, start: row * width * 3, count: width, x, y });
  }
  return out;
}

/** One output row: `count` pixels from (x, y) in steps of (columnX, columnY), written at `start`. */
type Row = Pick<Steps, 'x' | 'y' | 'columnX' | 'columnY'> & {
  readonly start: number;
  readonly count: number;
};

/** Keeps the fast loop away from the last row and column, where it would read one too far. */
const EDGE = 1e-6;

/** Samples a row: the part well inside the picture without a care, the rest with many. */
function sampleRow(image: RgbImage, out: Float32Array, row: Row): void {
  const across = insideSpan(row.x, row.columnX, image.width - 1 - EDGE, row.count);
  const down = insideSpan(row.y, row.columnY, image.height - 1 - EDGE, row.count);
  const from = Math.max(across.from, down.from);
  const to = Math.max(from, Math.min(across.to, down.to));
  sampleNearEdge(image, out, row, 0, from);
  sampleInside(image, out, row, from, to);
  sampleNearEdge(image, out, row, to, row.count);
}

/** Steps at which `start + i * step` lies in [0, limit], for i from 0 to `count`. */
function insideSpan(start: number, step: number, limit: number, count: number) {
  if (step === 0) return { from: 0, to: start >= 0 && start <= limit ? count : 0 };
  const a = -start / step;
  const b = (limit - start) / step;
  const from = Math.min(count, Math.max(0, Math.ceil(Math.min(a, b))));
  return { from, to: Math.min(count, Math.max(from, Math.floor(Math.max(a, b)) + 1)) };
}

function sampleInside(
  image: RgbImage,
  out: Float32Array,
  row: Row,
  from: number,
  to: number,
): void {
  const { data, width } = image;
  const { x, y, columnX, columnY } = row;
  const stride = width * 3;
  let target = row.start + 3 * from;
  for (let i = from; i < to; i++, target += 3) {
    const sx = x + i * columnX;
    const sy = y + i * columnY;
    const left = sx | 0;
    const top = sy | 0;
    const fx = sx - left;
    const fy = sy - top;
    const a = top * stride + left * 3;
    const c = a + stride;
    const w11 = fx * fy;
    const w01 = fx - w11;
    const w10 = fy - w11;
    const w00 = 1 - fx - w10;
    out[target] = w00 * data[a]! + w01 * data[a + 3]! + w10 * data[c]! + w11 * data[c + 3]!;
    out[target + 1] =
      w00 * data[a + 1]! + w01 * data[a + 4]! + w10 * data[c + 1]! + w11 * data[c + 4]!;
    out[target + 2] =
      w00 * data[a + 2]! + w01 * data[a + 5]! + w10 * data[c + 2]! + w11 * data[c + 5]!;
  }
}

function sampleNearEdge(
  image: RgbImage,
  out: Float32Array,
  row: Row,
  from: number,
  to: number,
): void {
  const { data, width, height } = image;
  for (let i = from; i < to; i++) {
    const sx = row.x + i * row.columnX;
    const sy = row.y + i * row.columnY;
    // Within half a pixel of the edge the edge pixel counts; farther out there is nothing.
    if (sx < -0.5 || sy < -0.5 || sx > width - 0.5 || sy > height - 0.5) continue;
    const cx = Math.min(width - 1, Math.max(0, sx));
    const cy = Math.min(height - 1, Math.max(0, sy));
    const left = Math.floor(cx);
    const top = Math.floor(cy);
    const right = Math.min(width - 1, left + 1);
    const bottom = Math.min(height - 1, top + 1);
    const fx = cx - left;
    const fy = cy - top;
    const at = (column: number, line: number, channel: number) =>
      data[3 * (line * width + column) + channel]!;
    for (let channel = 0; channel < 3; channel++) {
      const upper = at(left, top, channel) * (1 - fx) + at(right, top, channel) * fx;
      const lower = at(left, bottom, channel) * (1 - fx) + at(right, bottom, channel) * fx;
      out[row.start + 3 * i + channel] = upper * (1 - fy) + lower * fy;
    }
  }
}

/** Rec. 601 luma, which the expression network was trained on. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Arranges interleaved 0–255 pixels as a network's manifest entry asks. */
export function toNetworkInput(pixels: Float32Array, input: ModelInput): Float32Array {
  const count = input.width * input.height;
  if (input.colour === 'grey') return toGrey(pixels, count, channelScaling(input, 0));
  const out = new Float32Array(count * 3);
  const planar = input.layout === 'NCHW';
  for (let channel = 0; channel < 3; channel++) {
    const { scale, offset } = channelScaling(input, channel);
    let source = input.colour === 'bgr' ? 2 - channel : channel;
    const step = planar ? 1 : 3;
    const start = planar ? channel * count : channel;
    const end = start + count * step;
    for (let target = start; target < end; target += step, source += 3) {
      out[target] = pixels[source]! * scale + offset;
    }
  }
  return out;
}

function toGrey(pixels: Float32Array, count: number, { scale, offset }: Scaling): Float32Array {
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) out[i] = luma(pixels, 3 * i) * scale + offset;
  return out;
}

function luma(pixels: Float32Array, at: number): number {
  return LUMA[0] * pixels[at]! + LUMA[1] * pixels[at + 1]! + LUMA[2] * pixels[at + 2]!;
}

type Scaling = { readonly scale: number; readonly offset: number };

/** Scale and offset that take a byte to a channel's normalised value. */
function channelScaling(input: ModelInput, channel: number): Scaling {
  const [low, high] = input.range;
  const mean = input.mean?.[channel] ?? input.mean?.[0] ?? 0;
  const deviation = input.deviation?.[channel] ?? input.deviation?.[0] ?? 1;
  return { scale: (high - low) / 255 / deviation, offset: (low - mean) / deviation };
}

/** A region of the picture as a network's input. */
export function networkInput(
  pyramid: ImagePyramid,
  region: CropRegion,
  input: ModelInput,
): Float32Array {
  return toNetworkInput(sampleRegion(pyramid, region, input.width, input.height), input);
}
