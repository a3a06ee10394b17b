import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const WIDTH = 3000;
const HEIGHT = 4000;
/** Standard deviation of the noise that a small sensor adds, 0–255. */
const SENSOR_NOISE = 3;
const QUALITY = 92;

const PHOTOS = fileURLToPath(new URL('../../../../../shared/photos/', import.meta.url));
const PORTRAIT = path.join(PHOTOS, 'portrait-3.jpg');

/** The portrait that the bench uses by default, or undefined where it is not at hand. */
export function defaultPortrait(): string | undefined {
  return existsSync(PORTRAIT) ? PORTRAIT : undefined;
}

/** The pictures of one person beside a portrait; pictures of several are named `group-…`. */
export function portraitsBeside(portrait: string): string[] {
  const folder = path.dirname(portrait);
  return readdirSync(folder)
    .filter((name) => /\.(jpe?g|png)$/i.test(name) && !name.startsWith('group-'))
    .sort()
    .map((name) => path.join(folder, name));
}

/** A 12-megapixel camera JPEG of a portrait: enlarged, with sensor noise, at quality 92. */
export async function cameraPicture(portrait: string): Promise<Uint8Array> {
  const { data, info } = await sharp(portrait)
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(WIDTH, HEIGHT, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  addNoise(data);
  return sharp(data, { raw: info }).jpeg({ quality: QUALITY }).toBuffer();
}

/** Sums of uniform numbers are normal enough; the seed makes every run the same picture. */
function addNoise(data: Uint8Array): void {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < data.length; i++) {
    const noise = (uniform() + uniform() + uniform() - 1.5) * 2 * SENSOR_NOISE;
    data[i] = Math.max(0, Math.min(255, Math.round(data[i]! + noise)));
  }
}
