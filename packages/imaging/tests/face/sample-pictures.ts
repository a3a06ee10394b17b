import { createRequire } from 'node:module';
import path from 'node:path';
import sharp, { type Sharp } from 'sharp';

const require = createRequire(import.meta.url);
const folder = path.join(
  path.dirname(require.resolve('@vladmandic/face-api/package.json')),
  'demo',
);

/** Group pictures 1–6 that ship with a development dependency, about 1920 × 1400. */
export function samplePicture(number: number): Sharp {
  return sharp(path.join(folder, `sample${number}.jpg`));
}

/**
 * One woman out of sample 6, nearly frontal and smiling: 380 × 480 pixels, the face about 200
 * wide. Encoded, because sharp would otherwise turn the picture before it cuts it.
 */
export function samplePortrait(): Promise<Buffer> {
  return samplePicture(6)
    .extract({ left: 1050, top: 230, width: 380, height: 480 })
    .png()
    .toBuffer();
}
