/**
 * Makes the HEIC files beside it from a drawn scene: `node tests/decode/heif/record-heif.ts`. Needs
 * `heif-enc` of libheif with x265 (Debian: libheif-examples), which nothing else does.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Sharp } from 'sharp';
import { drawnScene, SCENE_HEIGHT, SCENE_WIDTH } from '../drawn-scene.ts';
import { box, boxAt, clap, exifItem, grid, heicFile, imir, irot, ispe, nclx } from './boxes.ts';

const run = promisify(execFile);
const folder = fileURLToPath(new URL('.', import.meta.url));
const work = await mkdtemp(path.join(tmpdir(), 'heif-'));

/** Encodes a picture with heif-enc. */
async function encode(picture: Sharp, ...options: string[]): Promise<Buffer> {
  const from = path.join(work, 'picture.png');
  const to = path.join(work, 'picture.heic');
  await picture.toFile(from);
  await run('heif-enc', ['-q', '60', ...options, from, '-o', to]);
  return readFile(to);
}

/** What one coded picture needs in a file of our own. */
async function coded(picture: Sharp) {
  const file = await encode(picture);
  const hvcC = box('hvcC', boxAt(file, 'meta', 'iprp', 'ipco', 'hvcC'));
  return { data: boxAt(file, 'mdat'), hvcC };
}

const whole = await coded(await drawnScene());
const size = ispe(SCENE_WIDTH, SCENE_HEIGHT);

const sceneFile = (type: string, ...properties: Buffer[]) =>
  heicFile([{ type, data: whole.data, properties: [whole.hvcC, size, ...properties] }], 1);

const TILE = 320;

/** As phones write it: square tiles, the last ones reaching beyond the picture, turned. */
async function tiled(): Promise<Buffer> {
  const columns = Math.ceil(SCENE_WIDTH / TILE);
  const rows = Math.ceil(SCENE_HEIGHT / TILE);
  const padded = (await drawnScene())
    .extend({
      right: columns * TILE - SCENE_WIDTH,
      bottom: rows * TILE - SCENE_HEIGHT,
      extendWith: 'copy',
    })
    .png();
  const picture = await padded.toBuffer();
  const tiles = [];
  for (let index = 0; index < rows * columns; index++) {
    const left = (index % columns) * TILE;
    const top = Math.floor(index / columns) * TILE;
    const tile = (await drawnScene(picture)).extract({ left, top, width: TILE, height: TILE });
    const { data, hvcC } = await coded(tile);
    tiles.push({ type: 'hvc1', data, properties: [hvcC, ispe(TILE, TILE)] });
  }
  const layout = {
    type: 'grid',
    data: grid(rows, columns, SCENE_WIDTH, SCENE_HEIGHT),
    properties: [size, irot(1)],
    from: tiles.map((_, index) => index + 1),
  };
  return heicFile([...tiles, layout], tiles.length + 1);
}

/** Two pictures, of which the second is the one to show. */
async function secondIsPrimary(): Promise<Buffer> {
  const other = await coded((await drawnScene()).negate());
  const items = [other, whole].map(({ data, hvcC }) => ({
    type: 'hvc1',
    data,
    properties: [hvcC, size],
  }));
  return heicFile(items, 2);
}

/** A phone held sideways: turned by the container, and the same once more in EXIF. */
async function turnedWithExif(): Promise<Buffer> {
  const { data, hvcC } = await coded((await drawnScene()).rotate(-90));
  const properties = [hvcC, ispe(SCENE_HEIGHT, SCENE_WIDTH), irot(3)];
  const picture = { type: 'hvc1', data, properties };
  const exif = { type: 'Exif', data: exifItem(6), properties: [], describes: 1 };
  return heicFile([picture, exif], 1);
}

const FILES: Readonly<Record<string, () => Buffer | Promise<Buffer>>> = {
  plain: async () => encode(await drawnScene()),
  'ten-bit': async () => encode((await drawnScene()).toColourspace('rgb16').png(), '-b10'),
  transparent: async () => encode((await drawnScene()).ensureAlpha(0)),
  'display-p3-icc': async () => encode((await drawnScene()).withIccProfile('p3')),
  'turned-with-exif': turnedWithExif,
  tiled,
  'second-is-primary': secondIsPrimary,
  mirrored: () => sceneFile('hvc1', imir(1)),
  cropped: () => sceneFile('hvc1', clap(560, 760)),
  'display-p3-by-number': () => sceneFile('hvc1', nclx(12, 13)),
  'hlg-by-number': () => sceneFile('hvc1', nclx(9, 18)),
};

for (const [name, make] of Object.entries(FILES)) {
  await writeFile(path.join(folder, `${name}.heic`), await make());
}
await rm(work, { recursive: true });
