import type { ModelInput } from '../models/manifest.ts';
import type { RgbImage } from '../rgb-image.ts';
import type { ImagePyramid } from './image-pyramid.ts';

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
    sampleRow(image, out, row * width * 3, width, x, y, step.columnX, step.columnY);
  }
  return out;
}

/** Samples one output row: `count` pixels from (x, y) in steps of (stepX, stepY). */
function sampleRow(
  { data, width, height }: RgbImage,
  out: Float32Array,
  start: number,
  count: number,
  x: number,
  y: number,
  stepX: number,
  stepY: number,
): void {
  const stride = width * 3;
  let target = start;
  for (let i = 0; i < count; i++, target += 3) {
    const sx = x + i * stepX;
    const sy = y + i * stepY;
    // Within half a pixel of the edge the edge pixel counts; farther out there is nothing.
    if (sx < -0.5 || sy < -0.5 || sx > width - 0.5 || sy > height - 0.5) continue;
    const cx = sx < 0 ? 0 : sx > width - 1 ? width - 1 : sx;
    const cy = sy < 0 ? 0 : sy > height - 1 ? height - 1 : sy;
    const left = cx | 0;
    const top = cy | 0;
    const fx = cx - left;
    const fy = cy - top;
    const a = top * stride + left * 3;
    const right = left + 1 < width ? 3 : 0;
    const below = top + 1 < height ? stride : 0;
    const w11 = fx * fy;
    const w01 = fx - w11;
    const w10 = fy - w11;
    const w00 = 1 - fx - w10;
    const b = a + right;
    const c = a + below;
    const d = c + right;
    out[target] = w00 * data[a]! + w01 * data[b]! + w10 * data[c]! + w11 * data[d]!;
    out[target + 1] =
      w00 * data[a + 1]! + w01 * data[b + 1]! + w10 * data[c + 1]! + w11 * data[d + 1]!;
    out[target + 2] =
      w00 * data[a + 2]! + w01 * data[b + 2]! + w10 * data[c + 2]! + w11 * data[d + 2]!;
  }
}

/** Rec. 601 luma, which the expression network was trained on. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Arranges interleaved 0–255 pixels as a network's manifest entry asks. */
export function toNetworkInput(pixels: Float32Array, input: ModelInput): Float32Array {
  const count = input.width * input.height;
  const channels = input.colour === 'grey' ? 1 : 3;
  const out = new Float32Array(count * channels);
  const planar = input.layout === 'NCHW';
  for (let channel = 0; channel < channels; channel++) {
    const { scale, offset } = channelScaling(input, channel);
    const source = input.colour === 'bgr' ? 2 - channel : channel;
    const step = planar ? 1 : channels;
    let target = planar ? channel * count : channel;
    for (let i = 0; i < count; i++, target += step) {
      const value = channels === 1 ? luma(pixels, 3 * i) : pixels[3 * i + source]!;
      out[target] = value * scale + offset;
    }
  }
  return out;
}

function luma(pixels: Float32Array, at: number): number {
  return LUMA[0] * pixels[at]! + LUMA[1] * pixels[at + 1]! + LUMA[2] * pixels[at + 2]!;
}

/** Scale and offset that take a byte to a channel's normalised value. */
function channelScaling(input: ModelInput, channel: number): { scale: number; offset: number } {
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
