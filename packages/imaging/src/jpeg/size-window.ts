import type { JpegWindow } from '@gradshot/domain';
import sharp from 'sharp';
import type { RgbImage } from '../rgb-image.ts';
import { writeHeader } from './header.ts';

export type EncodedPhoto = {
  readonly jpeg: Uint8Array;
  /** libjpeg quality that was used, 1–100. */
  readonly quality: number;
  /** False when no allowed quality gives a size inside the window. */
  readonly inWindow: boolean;
};

/** Qualities tried at once: the encoders run on threads of their own. */
const PROBES_PER_ROUND = 3;

/**
 * Encodes at the highest quality that keeps the file within the window. The quality alone sets the
 * size: nothing is ever padded, and the quality never leaves the profile's range, even when that
 * means missing the window. `image`: the finished photo, sRGB. `dpi`: written to the header.
 */
export async function encodeInWindow(
  image: RgbImage,
  window: JpegWindow,
  dpi: number,
): Promise<EncodedPhoto> {
  const tried = new Map<number, Uint8Array>();
  let low = window.minQuality;
  let high = window.maxQuality;
  await probe(image, window, dpi, firstQualities(window), tried);
  for (;;) {
    ({ low, high } = bracket(tried, window));
    const next = between(low, high);
    if (next.length === 0) break;
    await probe(image, window, dpi, next, tried);
  }
  return choose(tried, window);
}

/** Where portraits of this size nearly always land, so that one more round settles it. */
function firstQualities(window: JpegWindow): number[] {
  const within = [80, 90, 95].filter((q) => q > window.minQuality && q < window.maxQuality);
  return within.length > 0 ? within : between(window.minQuality - 1, window.maxQuality + 1);
}

/**
 * Open interval of qualities still unknown: `low` is the highest that fits (or one below the
 * range), `high` the lowest that does not (or one above the range).
 */
function bracket(
  tried: ReadonlyMap<number, Uint8Array>,
  window: JpegWindow,
): { low: number; high: number } {
  let low = window.minQuality - 1;
  let high = window.maxQuality + 1;
  for (const [quality, jpeg] of tried) {
    if (jpeg.length <= window.maxBytes) low = Math.max(low, quality);
    else high = Math.min(high, quality);
  }
  return { low, high };
}

/** Up to three qualities that cut the open interval into equal parts. */
function between(low: number, high: number): number[] {
  const count = Math.min(PROBES_PER_ROUND, high - low - 1);
  const step = (high - low) / (count + 1);
  return Array.from({ length: Math.max(0, count) }, (_, index) =>
    Math.round(low + step * (index + 1)),
  );
}

async function probe(
  image: RgbImage,
  window: JpegWindow,
  dpi: number,
  qualities: readonly number[],
  tried: Map<number, Uint8Array>,
): Promise<void> {
  const files = await Promise.all(
    qualities.map((quality) => encodeJpeg(image, quality, window.chroma)),
  );
  files.forEach((file, index) => {
    tried.set(qualities[index]!, writeHeader(file, dpi));
  });
}

/** Baseline JPEG of an sRGB picture without any metadata. */
export function encodeJpeg(
  image: RgbImage,
  quality: number,
  chromaSubsampling: JpegWindow['chroma'],
): Promise<Uint8Array> {
  const { width, height } = image;
  return sharp(image.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling, progressive: false })
    .toBuffer();
}

function choose(tried: ReadonlyMap<number, Uint8Array>, window: JpegWindow): EncodedPhoto {
  const fitting = [...tried.keys()].filter((q) => tried.get(q)!.length <= window.maxBytes);
  const quality = fitting.length > 0 ? Math.max(...fitting) : window.minQuality;
  const jpeg = tried.get(quality)!;
  const inWindow = jpeg.length >= window.minBytes && jpeg.length <= window.maxBytes;
  return { jpeg, quality, inWindow };
}
