import { fail, ok, type Result } from '@gradshot/domain';
import sharp, { type Sharp } from 'sharp';
import type { RgbImage } from '../picture/rgb-image.ts';
import { repeatEdges } from './repeat-edges.ts';
import { sharpReadable } from './sharp-readable.ts';
import { MAX_SOURCE_PIXELS, type SourceInfo } from './source-picture.ts';

/** A decoder that works longer than this on one picture is stopped. */
const DECODE_TIMEOUT_SECONDS = 5;
/**
 * Longer sides, in pixels, to which a camera's picture is about halved while it is decoded: a
 * quarter of its size is enough to find and measure a face, half of it to cut the photo from.
 */
const ANALYSIS_SIDE = 960;
const CUTTING_SIDE = 1920;
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
 * Reads one picture at the sizes that are asked for: upright, sRGB, transparency on white. A JPEG's
 * decoder halves it on the way at less cost than decoding it whole, so the picture is decoded twice
 * at once, on two threads: small for analysis, larger for the photo. A HEIC is decoded once, whole.
 */
export class SourceReader {
  readonly info: SourceInfo;
  readonly #bytes: Uint8Array;
  readonly #levels = new Map<number, Promise<RgbImage | undefined>>();
  #unpacked: Promise<Result<Uint8Array>> | undefined;

  constructor(bytes: Uint8Array, info: SourceInfo) {
    this.#bytes = bytes;
    this.info = info;
  }

  /** How often the picture is halved for analysis: 0 to 3. */
  analysisLevel(): number {
    return this.info.format === 'jpeg' ? this.#levelFor(ANALYSIS_SIDE) : this.cuttingLevel();
  }

  /** How often it is halved to cut the photo from, if that leaves enough pixels. */
  cuttingLevel(): number {
    return this.#levelFor(CUTTING_SIDE);
  }

  #levelFor(side: number): number {
    const longer = Math.max(this.info.width, this.info.height);
    const halvings = Math.round(Math.log2(longer / side));
    return Math.max(this.finestLevel(), Math.max(0, Math.min(3, halvings)));
  }

  /** The lowest level at which the picture may be held; reduced() must not be asked for less. */
  finestLevel(): number {
    const { width, height } = this.info;
    return Math.max(0, Math.ceil(Math.log2((width * height) / MAX_HELD_PIXELS) / 2));
  }

  /** Begins to decode a level that will be needed, without waiting for it. */
  prefetch(level: number): void {
    this.#decode(level);
  }

  /** The whole picture halved `level` times. Codes: photo.unreadable, photo.heicUnsupported. */
  async reduced(level: number): Promise<Result<RgbImage>> {
    const image = await this.#decode(level);
    return image === undefined ? this.#unreadable() : ok(image);
  }

  #decode(level: number): Promise<RgbImage | undefined> {
    const begun = this.#levels.get(level);
    if (begun) return begun;
    const decoding = this.#open().then(
      (source) => source && decodePixels(this.#reduce(source, level)),
    );
    this.#levels.set(level, decoding);
    return decoding;
  }

  async #open(): Promise<Sharp | undefined> {
    const file = await this.#sharpReadable();
    return file.ok ? openCompressed(file.value, this.info) : undefined;
  }

  #sharpReadable(): Promise<Result<Uint8Array>> {
    this.#unpacked ??= sharpReadable(this.#bytes);
    return this.#unpacked;
  }

  async #unreadable(): Promise<Result<never>> {
    const file = await this.#sharpReadable();
    return file.ok ? fail('photo.unreadable') : file;
  }

  #reduce(source: Sharp, level: number): Sharp {
    if (level === 0) return source;
    const { format, width, height } = this.info;
    // when the decoder itself halves without a remainder there is nothing left to interpolate
    const exact = format === 'jpeg' && width % 2 ** level === 0 && height % 2 ** level === 0;
    return source.resize(Math.round(width / 2 ** level), Math.round(height / 2 ** level), {
      fit: 'fill',
      kernel: exact ? 'nearest' : 'lanczos3',
    });
  }

  /**
   * A part of the picture at any scale (Lanczos 3, in the gamma-coded values that camera and
   * viewer share, so that dark strands keep their weight). Beyond the picture its edge is repeated.
   * Codes: photo.unreadable, photo.heicUnsupported.
   */
  async crop(wanted: ScaledCrop): Promise<Result<RgbImage>> {
    const { pictureWidth, pictureHeight } = wanted;
    const left = Math.max(0, wanted.x);
    const top = Math.max(0, wanted.y);
    const width = Math.min(pictureWidth, wanted.x + wanted.width) - left;
    const height = Math.min(pictureHeight, wanted.y + wanted.height) - top;
    const source = await this.#openFor(pictureWidth);
    const part =
      source &&
      (await decodePixels(
        source
          .resize(pictureWidth, pictureHeight, { fit: 'fill', kernel: 'lanczos3' })
          .extract({ left, top, width, height }),
      ));
    if (!part) return this.#unreadable();
    return ok(repeatEdges(part, left - wanted.x, top - wanted.y, wanted.width, wanted.height));
  }

  /** The coarsest decoded picture that is fine enough, else the file itself. */
  async #openFor(pictureWidth: number): Promise<Sharp | undefined> {
    for (const level of [...this.#levels.keys()].sort((p, q) => q - p)) {
      if (level > 0 && this.info.width / 2 ** level < pictureWidth) continue;
      const held = await this.#levels.get(level);
      if (!held) continue;
      const { data, width, height } = held;
      return sharp(data, { raw: { width, height, channels: 3 } });
    }
    return this.#open();
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
