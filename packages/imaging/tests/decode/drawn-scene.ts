import sharp, { type Sharp } from 'sharp';

export const SCENE_WIDTH = 600;
export const SCENE_HEIGHT = 800;

let drawn: Promise<Buffer> | undefined;

/** 600 × 800: red above, blue below, a green square in the upper left corner. Or `png` instead. */
export async function drawnScene(png?: Buffer): Promise<Sharp> {
  drawn ??= draw();
  return sharp(png ?? (await drawn));
}

function draw(): Promise<Buffer> {
  const part = (width: number, height: number, background: string) =>
    ({ create: { width, height, channels: 3, background } }) as const;
  return sharp(part(SCENE_WIDTH, SCENE_HEIGHT, '#c80000'))
    .composite([
      { input: part(SCENE_WIDTH, 400, '#0000c8'), left: 0, top: 400 },
      { input: part(150, 150, '#00c800'), left: 0, top: 0 },
    ])
    .removeAlpha()
    .png()
    .toBuffer();
}
