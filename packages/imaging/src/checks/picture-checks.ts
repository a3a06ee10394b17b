import type { CheckResult } from '@gradshot/domain';
import { luma } from './colour-space.ts';
import { eyeSpanOf, type FacePatch } from './face-patch.ts';
import { Histogram } from './histogram.ts';
import { hintAround, type MeasuredFace } from './measured-photo.ts';
import { FACE_OVAL } from './mesh-outlines.ts';
import { periodicity } from './recapture.ts';
import { skinTexture } from './skin-texture.ts';
import { holdAbove, holdBelow, WHOLE_PICTURE } from './verdict.ts';

export function pictureChecks(measured: MeasuredFace): CheckResult[] {
  const { thresholds } = measured.profile;
  const hint = hintAround(measured, FACE_OVAL, 0.05);
  const span = eyeSpanOf(measured.face) / measured.heldScale;
  return [
    holdAbove('picture.resolution', span, thresholds.eyeSpanPx, { problem: 'fewPixels', hint }),
    holdAbove('picture.sharpness', sharpness(measured.eyes), thresholds.sharpness, {
      problem: 'blurred',
      hint,
    }),
    holdAbove('picture.beautified', skinTexture(measured.eyes), thresholds.skinTexture, {
      problem: 'beautified',
      hint,
    }),
    holdBelow(
      'picture.recapture',
      periodicity(measured.pyramid.level(0).image, measured.face.box),
      thresholds.periodicity,
      { problem: 'recaptured', hint },
    ),
    holdAbove('picture.compression', measured.info.jpegQuality ?? 100, thresholds.sourceQuality, {
      problem: 'overCompressed',
      hint: WHOLE_PICTURE,
    }),
  ];
}

/**
 * Variance of the Laplacian over the eyes, nose and mouth at 90 pixels of eye span, less what the
 * noise alone would give. Grey values 0–255.
 */
export function sharpness(patch: FacePatch): number {
  const { width, height } = patch;
  const grey = toGrey(patch);
  let sum = 0;
  let squares = 0;
  let count = 0;
  const magnitudes = new Histogram(LARGEST_LAPLACIAN, 4);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const value =
        4 * grey[i]! - grey[i - 1]! - grey[i + 1]! - grey[i - width]! - grey[i + width]!;
      sum += value;
      squares += value * value;
      magnitudes.add(Math.abs(value));
      count++;
    }
  }
  const noise = noiseVariance(magnitudes);
  return Math.max(0, squares / count - (sum / count) ** 2 - noise);
}

/** Four neighbours less four times the middle, of values up to 255. */
const LARGEST_LAPLACIAN = 1020;
/** Median absolute deviation → standard deviation of a normal distribution. */
const MAD_TO_SIGMA = 1.48;

/**
 * Noise is everywhere, edges are not: a low quantile of the magnitudes, as if all were noise,
 * estimates the noise's variance without the edges.
 */
function noiseVariance(magnitudes: Histogram): number {
  // the first quartile of |N(0,1)| is 0.3186 and its median 0.6745
  const sigma = (magnitudes.quantile(0.25) / 0.3186) * 0.6745 * MAD_TO_SIGMA;
  return sigma * sigma;
}

function toGrey({ pixels, width, height }: FacePatch): Float32Array {
  const grey = new Float32Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    grey[i] = luma(pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!);
  }
  return grey;
}
