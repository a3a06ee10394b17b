import { fail, ok, type Result } from '@gradshot/domain';
import sharp, { type Metadata, type Sharp } from 'sharp';
import type { RgbImage } from '../rgb-image.ts';
import { isSrgbProfile } from './icc-profile.ts';
import { estimateJpegQuality } from './jpeg-quality.ts';
import { type SourceFormat, sniffFormat } from './source-format.ts';

/** Largest file that is looked at; the biggest camera JPEGs are about 40 MB. */
export const MAX_SOURCE_BYTES = 60_000_000;
export const MAX_SOURCE_PIXELS = 100_000_000;
export const MAX_SOURCE_SIDE = 20_000;
/** Below this no face can have the eye span that the profiles ask for. */
export const MIN_SOURCE_WIDTH = 240;
export const MIN_SOURCE_HEIGHT = 320;
/**
 * Pictures are held decoded at no more than this; a larger one is reduced while it is decoded, so
 * that memory stays bounded (75 MB) whatever arrives.
 */
const MAX_HELD_PIXELS = 26_000_000;
/** A decoder that works longer than this on one picture is stopped. */
const DECODE_TIMEOUT_SECONDS = 5;

/** What the header says, before any pixel was decoded. Sizes are upright (EXIF applied). */
export type SourceInfo = {
  readonly format: Exclude<SourceFormat, 'heic'>;
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1–8. */
  readonly orientation: number;
  /** libjpeg quality 1–100 estimated from the quantisation tables; undefined when not a JPEG. */
  readonly jpegQuality?: number;
  readonly ignoreIcc: boolean;
};

export type SourcePicture = {
  readonly info: SourceInfo;
  /** Upright, sRGB, transparency on white. */
  readonly image: RgbImage;
  /** Held pixels per source pixel along one side, 0–1. */
  readonly heldScale: number;
};

/** Reads the header and refuses what must not be decoded. Codes: photo.* */
export async function inspectSource(bytes: Uint8Array): Promise<Result<SourceInfo>> {
  if (bytes.length > MAX_SOURCE_BYTES) {
    return fail('photo.tooLargeBytes', { limitMb: MAX_SOURCE_BYTES / 1e6 });
  }
  const format = sniffFormat(bytes);
  if (format === undefined) return fail('photo.notAnImage');
  if (format === 'heic') return fail('photo.heicUnsupported');
  const metadata = await readMetadata(bytes);
  if (!metadata?.width || !metadata.height) return fail('photo.unreadable');
  return checkSize(metadata.autoOrient.width, metadata.autoOrient.height, {
    format,
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    orientation: metadata.orientation ?? 1,
    ...(format === 'jpeg' ? { jpegQuality: estimateJpegQuality(bytes) } : {}),
    ignoreIcc: metadata.icc !== undefined && isSrgbProfile(metadata.icc),
  });
}

function checkSize(width: number, height: number, info: SourceInfo): Result<SourceInfo> {
  if (width * height > MAX_SOURCE_PIXELS || Math.max(width, height) > MAX_SOURCE_SIDE) {
    return fail('photo.tooManyPixels', { width, height });
  }
  if (width < MIN_SOURCE_WIDTH || height < MIN_SOURCE_HEIGHT) {
    return fail('photo.tooSmall', { width, height });
  }
  return ok(info);
}

async function readMetadata(bytes: Uint8Array): Promise<Metadata | undefined> {
  try {
    // the limits are checked on the header's numbers, so that the refusal can name them
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    return undefined;
  }
}

/**
 * Decodes a picture whose header was inspected. Codes: photo.unreadable for a file that breaks
 * off, is damaged, or takes longer than five seconds.
 */
export async function decodeSource(
  bytes: Uint8Array,
  info: SourceInfo,
): Promise<Result<SourcePicture>> {
  const heldScale = chooseHeldScale(info);
  const upright = openUpright(bytes, info);
  const sized =
    heldScale < 1
      ? upright.resize(Math.round(info.width * heldScale), Math.round(info.height * heldScale), {
          fit: 'fill',
        })
      : upright;
  const image = await decodePixels(sized);
  return image === undefined ? fail('photo.unreadable') : ok({ info, image, heldScale });
}

/** Halves, because a JPEG decoder reduces by two at almost no cost and by other factors at much. */
function chooseHeldScale({ width, height }: SourceInfo): number {
  let scale = 1;
  while (width * height * scale * scale > MAX_HELD_PIXELS) scale /= 2;
  return scale;
}

function openUpright(bytes: Uint8Array, info: SourceInfo): Sharp {
  const source = sharp(bytes, {
    limitInputPixels: MAX_SOURCE_PIXELS,
    // `error` also stops at files that break off, while a stray byte between two markers, which
    // some phones write, is only a warning and no reason to send anybody back to the camera
    failOn: 'error',
    ignoreIcc: info.ignoreIcc,
    sequentialRead: true,
    pages: 1,
  }).timeout({ seconds: DECODE_TIMEOUT_SECONDS });
  return info.orientation === 1 ? source : source.autoOrient();
}

async function decodePixels(picture: Sharp): Promise<RgbImage | undefined> {
  try {
    const { data, info } = await picture
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { data: data as Uint8Array, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}
