/** What a file is by its first bytes; its name and extension are never believed. */
export type SourceFormat = 'jpeg' | 'png' | 'webp' | 'heic';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/**
 * ISO base media brands of pictures (ISO/IEC 23008-12, table of brands). What is inside may be coded
 * otherwise, AV1 above all: the decoder decides.
 */
const HEIF_BRANDS = 'heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 miaf avif avis'.split(
  ' ',
);

/** The format, or undefined when the bytes begin like none that the engine reads. */
export function sniffFormat(bytes: Uint8Array): SourceFormat | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (PNG_SIGNATURE.every((value, index) => bytes[index] === value)) return 'png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (ascii(bytes, 4, 8) === 'ftyp' && HEIF_BRANDS.includes(ascii(bytes, 8, 12))) return 'heic';
  return undefined;
}

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
