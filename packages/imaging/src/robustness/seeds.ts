import { readFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import { drawScene, ordinaryScene } from './portrait-scene.ts';

/** A whole file of a kind that the engine reads. */
export type Seed = { readonly name: string; readonly bytes: Buffer };

type Encoding = { readonly name: string; readonly encode: (picture: Sharp) => Sharp };

const ENCODINGS: readonly Encoding[] = [
  { name: 'jpeg', encode: (p) => p.jpeg({ quality: 85 }) },
  {
    name: 'jpeg-444-p3',
    encode: (p) => p.jpeg({ chromaSubsampling: '4:4:4' }).withIccProfile('p3'),
  },
  { name: 'jpeg-progressive', encode: (p) => p.jpeg({ progressive: true }) },
  { name: 'jpeg-grey', encode: (p) => p.greyscale().jpeg() },
  { name: 'jpeg-cmyk', encode: (p) => p.toColourspace('cmyk').jpeg() },
  { name: 'jpeg-turned', encode: (p) => p.rotate(90).withMetadata({ orientation: 8 }).jpeg() },
  { name: 'png', encode: (p) => p.png({ compressionLevel: 3 }) },
  { name: 'png-16', encode: (p) => p.toColourspace('rgb16').png({ compressionLevel: 3 }) },
  { name: 'png-palette', encode: (p) => p.png({ palette: true }) },
  { name: 'png-interlaced', encode: (p) => p.ensureAlpha(0.9).png({ progressive: true }) },
  { name: 'webp', encode: (p) => p.webp({ quality: 85 }) },
  { name: 'webp-lossless', encode: (p) => p.ensureAlpha(0.9).webp({ lossless: true }) },
];

/** Nothing here encodes HEVC; these show a drawn scene without a person. */
const HEIC_FOLDER = new URL('../../tests/decode/heif/', import.meta.url);
const HEIC_NAMES = ['plain', 'tiled', 'ten-bit', 'transparent', 'display-p3-icc'] as const;

/** The same person in every encoding, small, so that thousands of files are soon done. */
export function makeSeeds(width = 480): Promise<Seed[]> {
  return Promise.all([
    ...ENCODINGS.map(async ({ name, encode }) => {
      const picture = await drawScene(ordinaryScene(width));
      return { name, bytes: await encode(picture).toBuffer() };
    }),
    ...HEIC_NAMES.map(async (name) => {
      const bytes = await readFile(new URL(`${name}.heic`, HEIC_FOLDER));
      return { name: `heic-${name}`, bytes };
    }),
  ]);
}
