import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import sharp from 'sharp';

/** Portraits to try on, beside the repository where somebody has them; never part of it. */
const TRIAL_PORTRAIT = resolve(import.meta.dirname, '../../../../shared/photos/portrait-3.jpg');

/**
 * A frontal portrait before a plain wall. The trial picture's head leans a little; a sitter who is to be
 * photographed without a word holds it straight.
 */
export async function portraitPicture(): Promise<Buffer> {
  if (!existsSync(TRIAL_PORTRAIT)) return portraitFromDependency();
  return sharp(TRIAL_PORTRAIT)
    .rotate(-4, { background: '#e4e2de' })
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** Somebody whom the guide asks to come closer, so that no shutter goes off by itself. */
export async function portraitFarAway(): Promise<Buffer> {
  const portrait = sharp(await portraitPicture());
  const { width = 0, height = 0 } = await portrait.metadata();
  const [x, y] = [Math.round(width * 0.6), Math.round(height * 0.6)];
  return portrait
    .extend({ left: x, right: x, top: y, bottom: y, background: '#d8d6d2' })
    .png()
    .toBuffer();
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
  '150,772 165,800 158,860 150,1060 600,1060 612,880 600,800 585,700 562,610 548,530 490,450 ' +
  '452,368 425,322 385,292 350,277';

/** A dark suit with a white collar, drawn over the party dress. */
const SUIT = `<svg width="${FIGURE.width}" height="${FIGURE.height}">
<path d="M270,752 L318,716 Q350,790 398,800 Q424,760 430,712 L470,748 L440,1000 L345,1000 Z" fill="#f3f3f1"/>
<path d="M318,716 L262,748 L330,850 L384,812 Z M430,712 L476,746 L440,846 L390,806 Z"
 fill="#fbfbfa" stroke="#c9c9c6" stroke-width="2"/>
<path d="M112,1060 L118,930 Q128,826 214,792 L272,756 L392,990 L470,750 L532,790 Q610,826 626,930
 L640,1060 Z" fill="#2a2d33"/>
<path d="M272,756 L236,800 L282,850 L262,872 L388,1020 Z M470,750 L508,800 L470,850 L490,872 L392,1020 Z"
 fill="#33373e" stroke="#1d1f24" stroke-width="2"/></svg>`;

async function cutOut(): Promise<Buffer> {
  const samples = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const figure = sharp(join(dirname(samples), 'demo/sample6.jpg')).extract(FIGURE);
  const outline = Buffer.from(
    `<svg width="${FIGURE.width}" height="${FIGURE.height}"><polygon points="${OUTLINE}" fill="#fff"/></svg>`,
  );
  const soft = await sharp(outline).blur(1.2).png().toBuffer();
  return figure
    .ensureAlpha()
    .composite([{ input: soft, blend: 'dest-in' }, { input: Buffer.from(SUIT) }])
    .png()
    .toBuffer();
}
