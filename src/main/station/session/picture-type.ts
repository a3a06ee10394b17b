export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic';

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];
const FTYP = [0x66, 0x74, 0x79, 0x70];
/** Brands of ISO/IEC 23008-12 that a file with a picture begins with. */
const HEIF_BRANDS = ['heic', 'heix', 'heim', 'heis', 'mif1', 'mif2', 'miaf'];

/** Told by the file's first bytes, never by its name; undefined when it is no picture we take. */
export function pictureType(file: Uint8Array): PictureType | undefined {
  const has = (bytes: readonly number[], at = 0) =>
    bytes.every((byte, index) => file[at + index] === byte);
  if (has(JPEG)) return 'image/jpeg';
  if (has(PNG)) return 'image/png';
  // RIFF, four bytes of length, WEBP.
  if (has(RIFF) && has(WEBP, 8)) return 'image/webp';
  // four bytes of length, ftyp, brand
  const brand = String.fromCharCode(...file.subarray(8, 12));
  return has(FTYP, 4) && HEIF_BRANDS.includes(brand) ? 'image/heic' : undefined;
}
