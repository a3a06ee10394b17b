import type { JpegWindow } from '@gradshot/domain';
import sharp from 'sharp';
import type { RgbImage } from '../picture/rgb-image.ts';
import { writeHeader } from './header.ts';

export type EncodedPhoto = {
  readonly jpeg: Uint8Array;
  /** libjpeg quality that was used, 1–100. */
  readonly quality: number;
  /** False when no allowed quality gives a size inside the window. */
  readonly inWindow: boolean;
};

type Try = { readonly jpeg: Uint8Array; readonly quality: number };

/** The nearest tries on both sides of the largest size. */
type Bracket = { readonly fitting?: Try | undefined; readonly tooLarge?: Try | undefined };

/** Where portraits of this size land most often. */
const FIRST_QUALITY = 81;
/** Growth of a portrait's size per step of quality, in logarithms, around there. */
const USUAL_SLOPE = 0.03;
/** Aimed at, and close enough: shares of the largest size. */
const AIM = 0.98;
const CLOSE_ENOUGH = 0.95;
/** Steps of quality between the tries of a round: what is close enough spans two to four. */
const FIRST_SPREAD = 4;
const LATER_SPREAD = 2;

/**
 * Encodes at a quality that brings the file close below the window's upper end, by bisection with
 * interpolated guesses, three side by side: each encoder has a thread of its own, and portraits take
 * one round or two. The quality alone sets the size: nothing is ever padded, and the quality never
 * leaves the profile's range, even when that means missing the window.
 * `image`: the finished photo, sRGB. `dpi`: written to the header.
 */
export async function encodeInWindow(
  image: RgbImage,
  window: JpegWindow,
  dpi: number,
): Promise<EncodedPhoto> {
  let bracket: Bracket = {};
  let qualities = nextQualities(window, bracket);
  while (qualities.length > 0) {
    const tries = await Promise.all(
      qualities.map(async (quality) => {
        const jpeg = writeHeader(await encodeJpeg(image, quality, window.chroma), dpi);
        return { jpeg, quality };
      }),
    );
    bracket = narrow(bracket, tries, window.maxBytes);
    qualities = nextQualities(window, bracket);
  }
  const { jpeg, quality } = (bracket.fitting ?? bracket.tooLarge)!;
  const inWindow = jpeg.length >= window.minBytes && jpeg.length <= window.maxBytes;
  return { jpeg, quality, inWindow };
}

/** `tries` in rising quality: the best that fits, and the smallest above it that does not. */
function narrow(before: Bracket, tries: readonly Try[], maxBytes: number): Bracket {
  const fits = ({ jpeg }: Try) => jpeg.length <= maxBytes;
  const fitting = tries.findLast(fits) ?? before.fitting;
  const above = fitting?.quality ?? 0;
  const tooLarge = tries.find((one) => !fits(one) && one.quality > above) ?? before.tooLarge;
  return { fitting, tooLarge };
}

/** The qualities to try next, rising; none when the search is over. */
function nextQualities(window: JpegWindow, bracket: Bracket): number[] {
  const { fitting, tooLarge } = bracket;
  const { minQuality, maxQuality, minBytes, maxBytes } = window;
  const low = fitting ? fitting.quality + 1 : minQuality;
  const high = tooLarge ? tooLarge.quality - 1 : maxQuality;
  const enough = Math.max(minBytes, CLOSE_ENOUGH * maxBytes);
  if (low > high || (fitting && fitting.jpeg.length >= enough)) return [];
  const within = (quality: number) => Math.min(high, Math.max(low, quality));
  const middle = within(Math.round(guess(AIM * maxBytes, fitting, tooLarge)));
  const spread = fitting || tooLarge ? LATER_SPREAD : FIRST_SPREAD;
  return [...new Set([middle - spread, middle, middle + spread].map(within))];
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
