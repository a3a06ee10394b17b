import { fail, ok, type Result } from '@gradshot/domain';
import sharp, { type Metadata } from 'sharp';
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
  readonly format: Exclude<SourceFormat, 'heic'>;
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1–8. */
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
  if (format === 'heic') return fail('photo.heicUnsupported');
  const metadata = await readMetadata(bytes);
  if (!metadata?.width || !metadata.height) return fail('photo.unreadable');
  const { width, height } = metadata.autoOrient;
  const info = {
    format,
    width,
    height,
    orientation: metadata.orientation ?? 1,
    ...(format === 'jpeg' ? { jpegQuality: estimateJpegQuality(bytes) } : {}),
    ignoreIcc: metadata.icc !== undefined && isSrgbProfile(metadata.icc),
  };
  return checkSize(info, smallest);
}

function checkSize(info: SourceInfo, smallest: Size): Result<SourceInfo> {
  const { width, height } = info;
  if (width * height > MAX_SOURCE_PIXELS || Math.max(width, height) > MAX_SOURCE_SIDE) {
    return fail('photo.tooManyPixels', { width, height });
  }
  if (width < smallest.width || height < smallest.height) {
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
