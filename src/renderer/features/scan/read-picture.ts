import { fail, ok, type Result } from '@gradshot/domain';
import { Html5Qrcode } from 'html5-qrcode';
import { qrDetector } from './barcode-detector.ts';

/**
 * Longest sides to try, in pixels: a code fills most of a saved picture and reads best small; in a
 * photograph of a screen it is small and needs every pixel.
 */
const SIDES = [1200, 4096] as const;

/** The text of the code in a picture file; `html5-qrcode` has the last word on hard ones. */
export async function readPicture(file: File, elementId: string): Promise<Result<string>> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return fail('photo.notAnImage');
  }
  const text = await readQuickly(picture);
  picture.close();
  return text === undefined ? readThoroughly(file, elementId) : ok(text);
}

async function readQuickly(picture: ImageBitmap): Promise<string | undefined> {
  try {
    for (const side of SIDES) {
      const text = await detect(picture, side);
      if (text !== undefined) return text;
    }
  } catch {
    // No memory for so large a picture, or the reader's binary is missing: the other one may do.
  }
  return undefined;
}

async function detect(picture: ImageBitmap, side: number): Promise<string | undefined> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  // A transparent picture is meant for a white page.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const image = context.getImageData(0, 0, canvas.width, canvas.height);
  return (await qrDetector.detect(image))[0]?.rawValue || undefined;
}

async function readThoroughly(file: File, elementId: string): Promise<Result<string>> {
  const reader = new Html5Qrcode(elementId, { verbose: false });
  try {
    return ok(await reader.scanFile(file, false));
  } catch {
    return fail('code.unreadable');
  } finally {
    reader.clear();
  }
}
