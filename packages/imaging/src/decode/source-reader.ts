import { fail, ok, type Result } from '@gradshot/domain';
import sharp, { type Sharp } from 'sharp';
import type { RgbImage } from '../rgb-image.ts';
import { repeatEdges } from './repeat-edges.ts';
import { MAX_SOURCE_PIXELS, type SourceInfo } from './source-picture.ts';

/** A decoder that works longer than this on one picture is stopped. */
const DECODE_TIMEOUT_SECONDS = 5;
/**
 * Longer side, in pixels, of a picture that is reduced while it is decoded; a camera's picture is
 * a quarter of its size then, and faces are found and measured as well on it.
 */
const ANALYSIS_SIDE = 960;
/** A decoded picture is held at no more than this, so that memory stays bounded (78 MB). */
const MAX_HELD_PIXELS = 26_000_000;

/** A rectangle of a reduced or enlarged picture, in its pixels; may reach beyond it. */
export type ScaledCrop = {
  /** Size of the whole picture at that scale. */
  readonly pictureWidth: number;
  readonly pictureHeight: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/**
 * Reads one picture at the sizes that are asked for: upright, sRGB, transparency on white. A JPEG
 * is decoded anew each time, because its decoder reduces by 2, 4 or 8 at little cost and the whole
 * picture is then never held; other formats are decoded once.
 */
export class SourceReader {
  readonly info: SourceInfo;
  readonly #bytes: Uint8Array;
  #held: RgbImage | undefined;

  constructor(bytes: Uint8Array, info: SourceInfo) {
    this.#bytes = bytes;
    this.info = info;
  }

  /** How often the picture may be halved for analysis: 0 to 3. */
  analysisLevel(): number {
    const longer = Math.max(this.info.width, this.info.height);
    return Math.max(0, Math.min(3, Math.floor(Math.log2(longer / ANALYSIS_SIDE))));
  }

  /** The lowest level at which the picture may be held; reduced() must not be asked for less. */
  finestLevel(): number {
    const { width, height } = this.info;
    return Math.max(0, Math.ceil(Math.log2((width * height) / MAX_HELD_PIXELS) / 2));
  }

  /** The whole picture halved `level` times. Code: photo.unreadable. */
  async reduced(level: number): Promise<Result<RgbImage>> {
    const { width, height } = this.info;
    const source = await this.#open();
    if (!source) return fail('photo.unreadable');
    if (level === 0 && this.#held?.width === width) return ok(this.#held);
    const sized = source.resize(Math.round(width / 2 ** level), Math.round(height / 2 ** level), {
      fit: 'fill',
    });
    return toResult(await decodePixels(level === 0 ? source : sized));
  }

  /**
   * A part of the picture at any scale (Lanczos 3, in the gamma-coded values that camera and
   * viewer share, so that dark strands keep their weight). Beyond the picture its edge is repeated.
   */
  async crop(wanted: ScaledCrop): Promise<Result<RgbImage>> {
    const source = await this.#open();
    if (!source) return fail('photo.unreadable');
    const { pictureWidth, pictureHeight } = wanted;
    const left = Math.max(0, wanted.x);
    const top = Math.max(0, wanted.y);
    const width = Math.min(pictureWidth, wanted.x + wanted.width) - left;
    const height = Math.min(pictureHeight, wanted.y + wanted.height) - top;
    const part = await decodePixels(
      source
        .resize(pictureWidth, pictureHeight, { fit: 'fill', kernel: 'lanczos3' })
        .extract({ left, top, width, height }),
    );
    if (!part) return fail('photo.unreadable');
    return ok(repeatEdges(part, left - wanted.x, top - wanted.y, wanted.width, wanted.height));
  }

  /** The compressed picture, or the one that was decoded before. */
  async #open(): Promise<Sharp | undefined> {
    if (this.info.format === 'jpeg') return openCompressed(this.#bytes, this.info);
    this.#held ??= await decodePixels(this.#limitHeld(openCompressed(this.#bytes, this.info)));
    if (!this.#held) return undefined;
    const { data, width, height } = this.#held;
    return sharp(data, { raw: { width, height, channels: 3 } });
  }

  #limitHeld(source: Sharp): Sharp {
    const { width, height } = this.info;
    const scale = Math.sqrt(MAX_HELD_PIXELS / (width * height));
    if (scale >= 1) return source;
    return source.resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill' });
  }
}

function openCompressed(bytes: Uint8Array, { orientation, ignoreIcc }: SourceInfo): Sharp {
  const source = sharp(bytes, {
    limitInputPixels: MAX_SOURCE_PIXELS,
    // `error` also stops at files that break off, while a stray byte between two markers, which
    // some phones write, is only a warning and no reason to send anybody back to the camera
    failOn: 'error',
    ignoreIcc,
    sequentialRead: true,
    pages: 1,
  }).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
  return orientation === 1 ? source : source.autoOrient();
}

async function decodePixels(picture: Sharp): Promise<RgbImage | undefined> {
  try {
    const { data, info } = await picture
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}

function toResult(image: RgbImage | undefined): Result<RgbImage> {
  return image === undefined ? fail('photo.unreadable') : ok(image);
}
