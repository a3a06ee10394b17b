import {
  type CodePayload,
  candidatesOf,
  distinctCodes,
  fail,
  mayBeCollectionCode,
  ok,
  type Result,
} from '@gradshot/domain';
import { readCodes } from './code-reader.ts';

/**
 * Longest sides to try, in pixels: a code fills most of a saved picture and reads best small; in a
 * photograph of a screen it is small and needs every pixel.
 */
const SIDES = [1200, 4096] as const;

/** The codes in a picture file that are worth looking up. */
export async function readPicture(file: File): Promise<Result<readonly CodePayload[]>> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return fail('photo.notAnImage');
  }
  const codes = candidatesOf(await readAtBestSize(picture));
  picture.close();
  return codes.length > 0 ? ok(codes) : fail('code.unreadable');
}

async function readAtBestSize(picture: ImageBitmap): Promise<readonly CodePayload[]> {
  let codes: readonly CodePayload[] = [];
  try {
    for (const side of SIDES) {
      codes = distinctCodes([...codes, ...(await readAt(picture, side))]);
      if (codes.some(mayBeCollectionCode)) break;
    }
  } catch {
    // No memory for so large a picture: what was found before counts.
  }
  return codes;
}

async function readAt(picture: ImageBitmap, side: number): Promise<readonly CodePayload[]> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  // A transparent picture is meant for a white page.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return readCodes(context.getImageData(0, 0, canvas.width, canvas.height));
}
