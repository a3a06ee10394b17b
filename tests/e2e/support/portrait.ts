import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import sharp from 'sharp';

/** Portraits to try on, beside the repository where somebody has them; never part of it. */
const TRIAL_PORTRAIT = resolve(import.meta.dirname, '../../../../shared/photos/portrait-3.jpg');

/** A frontal portrait before a plain wall, as file or bytes. */
export async function portraitPicture(): Promise<string | Buffer> {
  return existsSync(TRIAL_PORTRAIT) ? TRIAL_PORTRAIT : await portraitFromDependency();
}

/**
 * A person out of a group picture that ships with a development dependency, cut out by a hand-drawn
 * outline and set before a drawn wall. The scene is turned so that the head stands upright: that is
 * arranging a test's subject, never something that the product does to a photo.
 */
export async function portraitFromDependency(): Promise<Buffer> {
  const wall = { r: 228, g: 226, b: 222, alpha: 1 };
  const upright = await sharp(await cutOut())
    .rotate(3.5, { background: '#00000000' })
    .png()
    .toBuffer();
  const { width, height } = await sharp(upright).metadata();
  const scene = { width: 1000, height: 1100 };
  const left = Math.round((scene.width - width) / 2);
  const figure = await sharp(upright)
    .extract({ left: 0, top: 0, width, height: Math.min(height - 30, scene.height) })
    .toBuffer();
  const top = scene.height - Math.min(height - 30, scene.height);
  const picture = await sharp({ create: { ...scene, channels: 4, background: wall } })
    .composite([{ input: figure, left, top }])
    .png()
    .toBuffer();
  return sharp(picture).flatten().resize(1500, 1650).jpeg({ quality: 95 }).toBuffer();
}

const FIGURE = { left: 0, top: 100, width: 660, height: 1060 };
const OUTLINE =
  '320,272 280,276 240,290 205,320 180,370 168,430 165,500 170,580 168,640 150,690 138,740 ' +
  '150,772 165,800 158,860 150,1060 600,1060 612,880 600,800 585,700 562,610 548,530 505,450 ' +
  '470,370 440,325 400,293 360,276';

async function cutOut(): Promise<Buffer> {
  const samples = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const figure = sharp(join(dirname(samples), 'demo/sample6.jpg')).extract(FIGURE);
  const outline = Buffer.from(
    `<svg width="${FIGURE.width}" height="${FIGURE.height}"><polygon points="${OUTLINE}" fill="#fff"/></svg>`,
  );
  const soft = await sharp(outline).blur(1.2).png().toBuffer();
  return figure
    .ensureAlpha()
    .composite([{ input: soft, blend: 'dest-in' }])
    .png()
    .toBuffer();
}
