import { fail, ok, type Result } from '@gradshot/domain';
import type { PictureType } from '../platform/ports.ts';

/** Bytes of a file's head that `pictureTypeOf` looks at. */
export const HEAD_BYTES = 12;

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.slice(from, to));

/** Brands of ISO/IEC 23008-12 that a file with a picture begins with. */
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'mif2', 'miaf'];

/** The type by the file's own first bytes; names and MIME types of phones cannot be relied on. */
export function pictureTypeOf(head: ArrayBuffer): Result<PictureType> {
  const bytes = new Uint8Array(head);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return ok('image/jpeg');
  if (ascii(bytes, 1, 4) === 'PNG') return ok('image/png');
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return ok('image/webp');
  // ISO base media: iPhones write HEIC into it, but films look the same up to here
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.includes(ascii(bytes, 8, 12)))
    return ok('image/heic');
  return fail('photo.notAnImage');
}
