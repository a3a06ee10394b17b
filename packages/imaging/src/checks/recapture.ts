import type { Box } from '../face/face-analysis.ts';
import type { RgbImage } from '../picture/rgb-image.ts';
import { luma } from './colour-space.ts';
import { powerSpectrum } from './spectrum.ts';

/** Pixels; enough periods of any pattern that a camera resolves. */
const SIDE = 64;
/** Below this share of the sampling rate lie faces and folds, not screens. */
const LOWEST_FREQUENCY = 0.12;
/** Frequencies this close to a multiple of an eighth, along an axis, are JPEG's own blocks. */
const BLOCK_TOLERANCE = 1;

/**
 * How far the strongest single frequency stands out from the others of its distance from zero, in
 * decibels: the pixel grid of a screen or the dots of a print make sharp peaks, skin, hair and
 * walls do not. `box`: where to look, around its middle. Null when the picture is too small.
 */
export function periodicity(image: RgbImage, box: Box): number | null {
  const x = Math.round(box.x + box.width / 2 - SIDE / 2);
  const y = Math.round(box.y + box.height / 2 - SIDE / 2);
  const left = Math.min(Math.max(0, x), image.width - SIDE);
  const top = Math.min(Math.max(0, y), image.height - SIDE);
  if (left < 0 || top < 0) return null;
  return strongestPeak(powerSpectrum(cutGrey(image, left, top), SIDE));
}

function cutGrey({ data, width }: RgbImage, left: number, top: number): Float32Array {
  const grey = new Float32Array(SIDE * SIDE);
  for (let y = 0, i = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, i++) {
      const at = ((top + y) * width + left + x) * 3;
      grey[i] = luma(data[at]!, data[at + 1]!, data[at + 2]!);
    }
  }
  return grey;
}

/** The highest peak over the median of its ring, in decibels. */
function strongestPeak(power: Float64Array): number {
  const rings: number[][] = Array.from({ length: SIDE / 2 + 1 }, () => []);
  for (let fy = 0; fy < SIDE; fy++) {
    // the spectrum of a real picture is symmetric, so one half says it all
    for (let fx = 0; fx <= SIDE / 2; fx++) {
      const dy = fy < SIDE / 2 ? fy : fy - SIDE;
      const ring = Math.round(Math.hypot(fx, dy));
      if (ring < LOWEST_FREQUENCY * SIDE || isBlockFrequency(fx, dy)) continue;
      rings[ring]?.push(power[fy * SIDE + fx]!);
    }
  }
  let strongest = 1;
  for (const ring of rings) {
    const values = Float64Array.from(ring).sort();
    const usual = values[values.length >> 1] ?? 0;
    strongest = Math.max(strongest, (values.at(-1) ?? 0) / (usual + FLOOR));
  }
  return 10 * Math.log10(strongest);
}

/** Power of rounding to whole bytes: less than this is no pattern. */
const FLOOR = SIDE * SIDE * 0.05;

function isBlockFrequency(fx: number, fy: number): boolean {
  const onAxis = Math.abs(fx) <= BLOCK_TOLERANCE || Math.abs(fy) <= BLOCK_TOLERANCE;
  const along = Math.max(Math.abs(fx), Math.abs(fy));
  const remainder = along % (SIDE / 8);
  const near = Math.min(remainder, SIDE / 8 - remainder) <= BLOCK_TOLERANCE;
  return onAxis && near;
}
