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

type Try = { readonly jpeg: Uint8Array; readonly quality: number };

/** Where portraits of this size land most often. */
const FIRST_QUALITY = 85;
/** Growth of a portrait's size per step of quality, in logarithms, around there. */
const USUAL_SLOPE = 0.05;
/** Aimed at, and close enough: shares of the largest size. */
const AIM = 0.98;
const CLOSE_ENOUGH = 0.95;

/**
 * Encodes at a quality that brings the file close below the window's upper end, by bisection with
 * interpolated guesses. The quality alone sets the size: nothing is ever padded, and the quality
 * never leaves the profile's range, even when that means missing the window.
 * `image`: the finished photo, sRGB. `dpi`: written to the header.
 */
export async function encodeInWindow(
  image: RgbImage,
  window: JpegWindow,
  dpi: number,
): Promise<EncodedPhoto> {
  let fitting: Try | undefined;
  let tooLarge: Try | undefined;
  for (
    let quality = nextQuality(window, fitting, tooLarge);
    quality !== undefined;
    quality = nextQuality(window, fitting, tooLarge)
  ) {
    const jpeg = writeHeader(await encodeJpeg(image, quality, window.chroma), dpi);
    if (jpeg.length <= window.maxBytes) fitting = { jpeg, quality };
    else tooLarge = { jpeg, quality };
  }
  const { jpeg, quality } = (fitting ?? tooLarge)!;
  const inWindow = jpeg.length >= window.minBytes && jpeg.length <= window.maxBytes;
  return { jpeg, quality, inWindow };
}

/** The quality to try next, or undefined when the search is over. */
function nextQuality(
  window: JpegWindow,
  fitting: Try | undefined,
  tooLarge: Try | undefined,
): number | undefined {
  const { minQuality, maxQuality, minBytes, maxBytes } = window;
  const low = fitting ? fitting.quality + 1 : minQuality;
  const high = tooLarge ? tooLarge.quality - 1 : maxQuality;
  if (low > high) return undefined;
  const enough = Math.max(minBytes, CLOSE_ENOUGH * maxBytes);
  if (fitting && fitting.jpeg.length >= enough) return undefined;
  return Math.min(high, Math.max(low, Math.round(guess(AIM * maxBytes, fitting, tooLarge))));
}

/** The logarithm of the size is nearly linear in the quality over a few steps. */
function guess(bytes: number, fitting: Try | undefined, tooLarge: Try | undefined): number {
  const wanted = Math.log(bytes);
  if (fitting && tooLarge) {
    const from = Math.log(fitting.jpeg.length);
    const to = Math.log(tooLarge.jpeg.length);
    const share = (wanted - from) / (to - from);
    return fitting.quality + share * (tooLarge.quality - fitting.quality);
  }
  const known = fitting ?? tooLarge;
  if (!known) return FIRST_QUALITY;
  return known.quality + (wanted - Math.log(known.jpeg.length)) / USUAL_SLOPE;
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
