import { createRequire } from 'node:module';
import path from 'node:path';
import type { Rgb } from '@gradshot/domain';
import sharp, { type Sharp } from 'sharp';

/** Where a real head is put into a drawn scene. All lengths in pixels of the scene. */
export type Scene = {
  readonly width: number;
  readonly height: number;
  readonly wall: Rgb;
  /** Scene pixels per pixel of the cut-out figure, whose face is `FIGURE_FACE.width` wide. */
  readonly scale: number;
  /** Where the middle between the figure's eyes comes to lie; may be anywhere. */
  readonly eyesX: number;
  readonly eyesY: number;
};

/** The figure's measures in its own pixels: roughly, by eye, for laying out a scene. */
export const FIGURE_FACE = { eyesX: 404, eyesY: 522, width: 224, hairTopY: 292, bottomY: 1056 };

const FIGURE = { left: 0, top: 100, width: 660, height: 1060 };
const OUTLINE =
  '320,272 280,276 240,290 205,320 180,370 168,430 165,500 170,580 168,640 150,690 138,740 ' +
  '150,772 165,800 158,860 150,1060 600,1060 612,880 600,800 585,700 562,610 548,530 505,450 ' +
  '470,370 440,325 400,293 360,276';
/** Turned so that the head stands upright, as somebody would who stood there. */
const UPRIGHT_DEG = 3.5;

let figure: Promise<{ png: Buffer; width: number; height: number }> | undefined;

/**
 * One person out of a group picture that ships with a development dependency, cut out by a
 * hand-drawn outline. Made once.
 */
function uprightFigure() {
  figure ??= makeFigure();
  return figure;
}

async function makeFigure() {
  const samples = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const picture = sharp(path.join(path.dirname(samples), 'demo/sample6.jpg')).extract(FIGURE);
  const svg = `<svg width="${FIGURE.width}" height="${FIGURE.height}"><polygon points="${OUTLINE}" fill="#fff"/></svg>`;
  const soft = await sharp(Buffer.from(svg)).blur(1.2).png().toBuffer();
  const cut = await picture
    .ensureAlpha()
    .composite([{ input: soft, blend: 'dest-in' }])
    .png()
    .toBuffer();
  const upright = await sharp(cut)
    .rotate(UPRIGHT_DEG, { background: '#00000000' })
    .png()
    .toBuffer({ resolveWithObject: true });
  // turning has left a slanted lower edge
  const size = { width: upright.info.width, height: FIGURE_FACE.bottomY };
  const png = await sharp(upright.data)
    .extract({ left: 0, top: 0, ...size })
    .png()
    .toBuffer();
  return { png, ...size };
}

/** Draws the scene; whatever of the figure lies outside it is not there. */
export async function drawScene(scene: Scene): Promise<Sharp> {
  const person = await uprightFigure();
  const [r, g, b] = scene.wall;
  const left = Math.round(scene.eyesX - FIGURE_FACE.eyesX * scene.scale);
  const top = Math.round(scene.eyesY - FIGURE_FACE.eyesY * scene.scale);
  const size = {
    width: Math.round(person.width * scene.scale),
    height: Math.round(person.height * scene.scale),
  };
  const canvas = { width: scene.width, height: scene.height, channels: 3, background: { r, g, b } };
  const wall = sharp({
    create: canvas as {
      width: number;
      height: number;
      channels: 3;
      background: { r: number; g: number; b: number };
    },
  });
  const visible = overlap({ left, top, ...size }, scene);
  if (!visible) return wall.png();
  const resized = await sharp(person.png).resize(size.width, size.height).png().toBuffer();
  const part = await sharp(resized)
    .extract({
      left: visible.left - left,
      top: visible.top - top,
      width: visible.width,
      height: visible.height,
    })
    .png()
    .toBuffer();
  const drawn = await wall
    .composite([{ input: part, left: visible.left, top: visible.top }])
    .removeAlpha()
    .png()
    .toBuffer();
  return sharp(drawn);
}

type Area = { left: number; top: number; width: number; height: number };

function overlap(part: Area, scene: { width: number; height: number }): Area | undefined {
  const left = Math.max(0, part.left);
  const top = Math.max(0, part.top);
  const width = Math.min(scene.width, part.left + part.width) - left;
  const height = Math.min(scene.height, part.top + part.height) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}

/** A photo that the engine accepts or nearly so: the middle of the road. */
export function ordinaryScene(width: number, wall: Rgb = [226, 224, 219]): Scene {
  const height = Math.round((width * 4) / 3);
  return { width, height, wall, scale: width / 715, eyesX: width / 2, eyesY: height * 0.45 };
}
