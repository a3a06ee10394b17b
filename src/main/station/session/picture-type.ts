export type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

const JPEG = [0xff, 0xd8, 0xff];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** Told by the file's first bytes, never by its name; undefined when it is no picture we take. */
export function pictureType(file: Uint8Array): PictureType | undefined {
  const has = (bytes: readonly number[], at = 0) =>
    bytes.every((byte, index) => file[at + index] === byte);
  if (has(JPEG)) return 'image/jpeg';
  if (has(PNG)) return 'image/png';
  // RIFF, four bytes of length, WEBP.
  return has(RIFF) && has(WEBP, 8) ? 'image/webp' : undefined;
}
