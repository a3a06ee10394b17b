import type { WorkingFrame } from '../composition/frame.ts';
import { aroundCrop, toCropRegion } from '../composition/person-region.ts';
import type { Box } from '../face/face-analysis.ts';
import type { ImagePyramid } from '../picture/image-pyramid.ts';
import type { LoadedModels } from '../runtime/load-models.ts';
import { type AlphaMatte, estimateAlpha } from './matting-network.ts';

/**
 * Coverage of the frame's pixels, 0–1, by the matting network that was dropped in; undefined when
 * there is none. The network sees the photo's part of the source with a little around it.
 */
export async function knownCoverage(
  models: Pick<LoadedModels, 'matting'>,
  pyramid: ImagePyramid,
  { image, crop }: WorkingFrame,
): Promise<Float32Array | undefined> {
  const region = aroundCrop(crop, pyramid);
  const matte = await estimateAlpha(models, pyramid, toCropRegion(region));
  return matte && onFrame(matte, region, crop, image);
}

type Size = { readonly width: number; readonly height: number };

/** Resamples a matte of `region` to the pixels of a frame that shows `crop`; 0 beyond the region. */
export function onFrame(matte: AlphaMatte, region: Box, crop: Box, frame: Size): Float32Array {
  const { alpha, width, height } = reduceTo(matte, {
    width: (frame.width * region.width) / crop.width,
    height: (frame.height * region.height) / crop.height,
  });
  const out = new Float32Array(frame.width * frame.height);
  const scaleX = (crop.width / frame.width / region.width) * width;
  const scaleY = (crop.height / frame.height / region.height) * height;
  const startX = ((crop.x - region.x) / region.width) * width + scaleX / 2 - 0.5;
  const startY = ((crop.y - region.y) / region.height) * height + scaleY / 2 - 0.5;
  for (let row = 0; row < frame.height; row++) {
    const y = startY + row * scaleY;
    if (y < -0.5 || y > height - 0.5) continue;
    const top = Math.floor(clamp(y, height - 1));
    const fy = clamp(y, height - 1) - top;
    const upper = top * width;
    const lower = Math.min(top + 1, height - 1) * width;
    for (let column = 0; column < frame.width; column++) {
      const x = startX + column * scaleX;
      if (x < -0.5 || x > width - 0.5) continue;
      const left = Math.floor(clamp(x, width - 1));
      const right = Math.min(left + 1, width - 1);
      const fx = clamp(x, width - 1) - left;
      const above = alpha[upper + left]! * (1 - fx) + alpha[upper + right]! * fx;
      const below = alpha[lower + left]! * (1 - fx) + alpha[lower + right]! * fx;
      out[row * frame.width + column] = above * (1 - fy) + below * fy;
    }
  }
  return out;
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}

/** Halves a matte while it is more than half again as fine as wanted: sampling would skip values. */
function reduceTo(matte: AlphaMatte, wanted: Size): AlphaMatte {
  let reduced = matte;
  while (reduced.width > 1.5 * wanted.width && reduced.height > 1.5 * wanted.height) {
    reduced = halve(reduced);
  }
  return reduced;
}

function halve({ alpha, ...size }: AlphaMatte): AlphaMatte {
  const width = size.width >> 1;
  const height = size.height >> 1;
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const at = 2 * Math.floor(i / width) * size.width + 2 * (i % width);
    const below = at + size.width;
    out[i] = (alpha[at]! + alpha[at + 1]! + alpha[below]! + alpha[below + 1]!) / 4;
  }
  return { alpha: out, width, height };
}
