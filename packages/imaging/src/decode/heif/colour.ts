import type { CodedColour } from './libheif.ts';

/** How the pixels of a HEIF picture are to be read. */
export type PixelColour = 'srgb' | 'displayP3' | 'unsupported';

/** ITU-T H.273, table 2 (colour primaries). */
const UNSPECIFIED = 2;
const SRGB_PRIMARIES: readonly number[] = [1, UNSPECIFIED, 5, 6, 7];
const P3_PRIMARIES: readonly number[] = [11, 12];
/** Table 3: BT.709 and its likes, and sRGB's own curve, are all shown alike. */
const ORDINARY_TRANSFER: readonly number[] = [1, UNSPECIFIED, 6, 13, 14, 15];

/**
 * What a picture without an ICC profile is to be taken for. Wide colour with another curve (HLG,
 * PQ: high dynamic range) would need tone mapping, which is a change of the face's brightness.
 */
export function colourOf(coded: CodedColour | undefined): PixelColour {
  if (!coded) return 'srgb';
  const { primaries, transfer } = coded;
  if (!ORDINARY_TRANSFER.includes(transfer)) return 'unsupported';
  if (SRGB_PRIMARIES.includes(primaries)) return 'srgb';
  return P3_PRIMARIES.includes(primaries) ? 'displayP3' : 'unsupported';
}
