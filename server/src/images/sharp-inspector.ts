import { fail, ok, type Result } from '@gradshot/domain';
import sharp, { type Metadata } from 'sharp';
import type { PhotoInspector, PictureFacts } from '../ports/photo-inspector.ts';

/** The same limits as the imaging engine's decoder: what it would refuse is not stored. */
const MAX_PIXELS = 100_000_000;
const MAX_SIDE = 20_000;
/** The trial decode is reduced to this; JPEG decoders skip most of the work then. */
const TRIAL_SIDE = 256;
const TRIAL_SECONDS = 10;

const TYPES: Readonly<Record<string, PictureFacts['type']>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
};

export function createSharpInspector(): PhotoInspector {
  return {
    async inspect(bytes) {
      const signature = checkSignature(bytes);
      if (!signature.ok) return signature;
      const metadata = await readHeader(bytes);
      const type = TYPES[metadata?.format ?? ''];
      if (!metadata || !type) return fail('photo.unreadable');
      const { width, height } = metadata;
      if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE)
        return fail('photo.tooManyPixels', { width, height });
      return (await decodes(bytes)) ? ok(factsOf(metadata, type)) : fail('photo.unreadable');
    },
  };
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** By the first bytes alone: a text file named .jpg never reaches a decoder. */
function checkSignature(bytes: Uint8Array): Result<void> {
  const head = Buffer.from(bytes.subarray(0, 12));
  const isJpeg = head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff;
  const isPng = head.subarray(0, 8).equals(PNG_SIGNATURE);
  const isWebp = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8) === 'WEBP';
  if (isJpeg || isPng || isWebp) return ok(undefined);
  const isHeif = head.toString('latin1', 4, 8) === 'ftyp';
  return fail(isHeif ? 'photo.heicUnsupported' : 'photo.notAnImage');
}

async function readHeader(bytes: Uint8Array): Promise<Metadata | undefined> {
  try {
    // No limit here: the header's numbers are compared below, so that the refusal can name them.
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    return undefined;
  }
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
  return {
    type,
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    ...(metadata.density ? { dpi: metadata.density } : {}),
    channels: metadata.channels,
    progressive: metadata.isProgressive ?? false,
  };
}
