import { fail, ok, type Result } from '@gradshot/domain';
import sharp, { type Metadata } from 'sharp';
import { MAX_HEIF_PIXELS } from './heif/read-heif.ts';
import { isSrgbProfile } from './icc-profile.ts';
import { estimateJpegQuality } from './jpeg-quality.ts';
import { type SourceFormat, sniffFormat } from './source-format.ts';

/** Largest file that is looked at; the biggest camera JPEGs are about 40 MB. */
export const MAX_SOURCE_BYTES = 60_000_000;
export const MAX_SOURCE_PIXELS = 100_000_000;
const MAX_SOURCE_SIDE = 20_000;
type Size = { readonly width: number; readonly height: number };

/** Below this no face can have the eye span that the profiles ask for. */
const SMALLEST_SOURCE: Size = { width: 240, height: 320 };

/** What the header says, before any pixel was decoded. Sizes are upright (EXIF applied). */
export type SourceInfo = {
  readonly format: SourceFormat;
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1–8; always 1 of HEIC, whose own transforms the decoder has applied. */
  readonly orientation: number;
  /** libjpeg quality 1–100 estimated from the quantisation tables; undefined when not a JPEG. */
  readonly jpegQuality?: number;
  readonly ignoreIcc: boolean;
};

/** Reads the header and refuses what must not be decoded. Codes: photo.* */
export async function inspectSource(
  bytes: Uint8Array,
  smallest: Size = SMALLEST_SOURCE,
): Promise<Result<SourceInfo>> {
  if (bytes.length > MAX_SOURCE_BYTES) {
    return fail('photo.tooLargeBytes', { limitMb: MAX_SOURCE_BYTES / 1e6 });
  }
  const format = sniffFormat(bytes);
  if (format === undefined) return fail('photo.notAnImage');
  const metadata = await readMetadata(bytes, format);
  if (!metadata?.width || !metadata.height) return fail('photo.unreadable');
  if (format === 'heic' && metadata.compression !== 'hevc') return fail('photo.heicUnsupported');
  const info = {
    format,
    ...uprightSize(format, metadata),
    ...(format === 'jpeg' ? { jpegQuality: estimateJpegQuality(bytes) } : {}),
    ignoreIcc: metadata.icc !== undefined && isSrgbProfile(metadata.icc),
  };
  return checkSize(info, smallest);
}

/** A copy of EXIF in a HEIC tells how the camera was held; turning by it would turn twice. */
function uprightSize(format: SourceFormat, { width, height, autoOrient, orientation }: Metadata) {
  return format === 'heic'
    ? { width, height, orientation: 1 }
    : { ...autoOrient, orientation: orientation ?? 1 };
}

function checkSize(info: SourceInfo, smallest: Size): Result<SourceInfo> {
  const { width, height, format } = info;
  const mostPixels = format === 'heic' ? MAX_HEIF_PIXELS : MAX_SOURCE_PIXELS;
  if (width * height > mostPixels || Math.max(width, height) > MAX_SOURCE_SIDE) {
    return fail('photo.tooManyPixels', { width, height });
  }
  if (width < smallest.width || height < smallest.height) {
    return fail('photo.tooSmall', { width, height });
  }
  return ok(info);
}

async function readMetadata(
  bytes: Uint8Array,
  format: SourceFormat,
): Promise<Metadata | undefined> {
  // a phone's 24 megapixels are 108 tiles, and the picture library stops at 64 of them
  const unlimited = format === 'heic';
  try {
    // the limits are checked on the header's numbers, so that the refusal can name them
    return await sharp(bytes, { limitInputPixels: false, unlimited }).metadata();
  } catch {
    return undefined;
  }
}
