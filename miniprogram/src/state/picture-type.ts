import { fail, ok, type Result } from '@gradshot/domain';
import type { PictureType } from '../platform/ports.ts';

/** Bytes of a file's head that `pictureTypeOf` looks at. */
export const HEAD_BYTES = 12;

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.slice(from, to));

/** The type by the file's own first bytes; names and MIME types of phones cannot be relied on. */
export function pictureTypeOf(head: ArrayBuffer): Result<PictureType> {
  const bytes = new Uint8Array(head);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return ok('image/jpeg');
  if (ascii(bytes, 1, 4) === 'PNG') return ok('image/png');
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return ok('image/webp');
  // ISO base media: iPhones write HEIC into it.
  return fail(ascii(bytes, 4, 8) === 'ftyp' ? 'photo.heicUnsupported' : 'photo.notAnImage');
}
