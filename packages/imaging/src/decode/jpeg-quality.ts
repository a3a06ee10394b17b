const DQT = 0xdb;
const START_OF_SCAN = 0xda;
/** First sixteen luminance steps of annex K in zig-zag order, quality 50. */
const ANNEX_K_LUMINANCE = [16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40];

/**
 * libjpeg quality (1–100) that would give the file's luminance table, from the mean ratio of its
 * first sixteen steps to those of ITU-T T.81 annex K. Cameras with own tables get the nearest
 * equivalent. Returns 0 when there is no table.
 */
export function estimateJpegQuality(bytes: Uint8Array): number {
  const steps = findLuminanceSteps(bytes);
  if (steps === undefined) return 0;
  let ratio = 0;
  steps.forEach((step, index) => {
    ratio += step / ANNEX_K_LUMINANCE[index]!;
  });
  const percent = (100 * ratio) / steps.length;
  // inverse of libjpeg's jpeg_quality_scaling
  const quality = percent <= 100 ? (200 - percent) / 2 : 5000 / percent;
  return Math.max(1, Math.min(100, Math.round(quality)));
}

function findLuminanceSteps(bytes: Uint8Array): number[] | undefined {
  let offset = 2;
  while (offset + 4 <= bytes.length && bytes[offset] === 0xff) {
    const marker = bytes[offset + 1]!;
    const length = (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
    if (marker === START_OF_SCAN || length < 2) return undefined;
    if (marker === DQT) return readSteps(bytes, offset + 4);
    offset += 2 + length;
  }
  return undefined;
}

function readSteps(bytes: Uint8Array, offset: number): number[] | undefined {
  const wide = bytes[offset]! >> 4 !== 0;
  if (offset + 1 + 64 * (wide ? 2 : 1) > bytes.length) return undefined;
  return ANNEX_K_LUMINANCE.map((_, index) =>
    wide
      ? (bytes[offset + 1 + 2 * index]! << 8) | bytes[offset + 2 + 2 * index]!
      : bytes[offset + 1 + index]!,
  );
}
