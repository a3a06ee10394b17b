import { fail, ok, type Result } from '@gradshot/domain';
import { MAX_HEIF_PIXELS, type SourceFormat, sharpReadable, sniffFormat } from '@gradshot/imaging';
import sharp, { type Metadata } from 'sharp';
import type { PhotoInspector, PictureFacts } from '../ports/photos/photo-inspector.ts';

/** The same limits as the imaging engine's decoder: what it would refuse is not stored. */
const MAX_PIXELS = 100_000_000;
const MAX_SIDE = 20_000;
/** The trial decode is reduced to this; JPEG decoders skip most of the work then. */
const TRIAL_SIDE = 256;
const TRIAL_SECONDS = 10;

const TYPES: Readonly<Record<SourceFormat, PictureFacts['type']>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
};

export function createSharpInspector(): PhotoInspector {
  return {
    async inspect(bytes) {
      // By the first bytes alone: a text file named .jpg never reaches a decoder.
      const format = sniffFormat(bytes);
      if (!format) return fail('photo.notAnImage');
      const metadata = await readHeader(bytes, format);
      if (!metadata) return fail('photo.unreadable');
      const coded = metadata.format === 'heif' ? metadata.compression : 'hevc';
      if (coded !== 'hevc') return fail('photo.heicUnsupported');
      const { width, height } = metadata;
      const mostPixels = format === 'heic' ? MAX_HEIF_PIXELS : MAX_PIXELS;
      if (width * height > mostPixels || Math.max(width, height) > MAX_SIDE)
        return fail('photo.tooManyPixels', { width, height });
      const decoded = await tryDecoding(bytes);
      return decoded.ok ? ok(factsOf(metadata, TYPES[format])) : decoded;
    },
  };
}

async function readHeader(bytes: Uint8Array, format: SourceFormat): Promise<Metadata | undefined> {
  // A phone's 24 megapixels in HEIC are more tiles than the library's own limit allows.
  const unlimited = format === 'heic';
  try {
    // No limit here: the header's numbers are compared below, so that the refusal can name them.
    return await sharp(bytes, { limitInputPixels: false, unlimited }).metadata();
  } catch {
    return undefined;
  }
}

async function tryDecoding(bytes: Uint8Array): Promise<Result<void>> {
  const readable = await sharpReadable(bytes);
  if (!readable.ok) return readable;
  return (await decodes(readable.value)) ? ok(undefined) : fail('photo.unreadable');
}

async function decodes(bytes: Uint8Array): Promise<boolean> {
  try {
    await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
      .timeout({ seconds: TRIAL_SECONDS })
      .resize(TRIAL_SIDE, TRIAL_SIDE, { fit: 'inside' })
      .raw()
      .toBuffer();
    return true;
  } catch {
    return false;
  }
}

function factsOf(metadata: Metadata, type: PictureFacts['type']): PictureFacts {
  // HEIC is turned by its container, which the sizes say already; EXIF only repeats it
  const { width, height } = type === 'image/heic' ? metadata : metadata.autoOrient;
  return {
    type,
    width,
    height,
    ...(metadata.density ? { dpi: metadata.density } : {}),
    channels: metadata.channels,
    progressive: metadata.isProgressive ?? false,
  };
}
