import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { MAX_HEIF_PIXELS } from '../../src/decode/heif/read-heif.ts';
import { inspectSource } from '../../src/decode/source-picture.ts';
import { SourceReader } from '../../src/decode/source-reader.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';
import { drawnScene } from './drawn-scene.ts';

const heic = (name: string) => readFile(new URL(`./heif/${name}.heic`, import.meta.url));

async function outcome(bytes: Uint8Array): Promise<RgbImage | string> {
  const info = await inspectSource(bytes);
  if (!info.ok) return info.error.code;
  const image = await new SourceReader(bytes, info.value).reduced(0);
  if (!image.ok) return image.error.code;
  expect([image.value.width, image.value.height]).toEqual([info.value.width, info.value.height]);
  return image.value;
}

async function decode(bytes: Uint8Array): Promise<RgbImage> {
  const image = await outcome(bytes);
  if (typeof image === 'string') throw new Error(image);
  return image;
}

type Place = readonly [x: number, y: number];

/** What stands out of the picture at a place: r, g or b. */
function hueAt({ data, width }: RgbImage, [x, y]: Place): string {
  const at = (y * width + x) * 3;
  const rgb = [...data.subarray(at, at + 3)];
  const strongest = rgb.indexOf(Math.max(...rgb));
  return 'rgb'[strongest]!;
}

const huesOf = (image: RgbImage, ...places: Place[]) =>
  places.map((place) => hueAt(image, place)).join('');

/** Upper left, upper right, lower left, lower right. */
function corners(image: RgbImage): string {
  const { width: w, height: h } = image;
  return huesOf(image, [40, 40], [w - 40, 40], [40, h - 40], [w - 40, h - 40]);
}

/** Green square in the upper left corner, red above, blue below. */
const UPRIGHT = 'grbb';

describe('a HEIC picture', () => {
  it.each([
    ['plain', 600, 800, UPRIGHT],
    ['ten-bit', 600, 800, UPRIGHT],
    ['mirrored', 600, 800, 'rgbb'],
    ['second-is-primary', 600, 800, UPRIGHT],
    ['cropped', 560, 760, UPRIGHT],
    // six tiles, and a quarter turn against the clock
    ['tiled', 800, 600, 'rbgb'],
  ])('is read as its container says: %s', async (name, width, height, hues) => {
    const image = await decode(await heic(name));
    expect([image.width, image.height]).toEqual([width, height]);
    expect(corners(image)).toBe(hues);
  });

  it('is turned once, whatever EXIF repeats', async () => {
    const bytes = await heic('turned-with-exif');
    expect((await inspectSource(bytes)).ok && (await sharp(bytes).metadata()).exif).toBeTruthy();
    const image = await decode(bytes);
    expect([image.width, image.height]).toEqual([600, 800]);
    expect(corners(image)).toBe(UPRIGHT);
  });

  it('shows no seams between tiles', async () => {
    const { data, width, height } = await decode(await heic('tiled'));
    const upright = await sharp(data, { raw: { width, height, channels: 3 } })
      .rotate(90)
      .raw()
      .toBuffer();
    const scene = await (await drawnScene()).raw().toBuffer();
    const worst = scene.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - upright[i]!)),
      0,
    );
    expect(worst).toBeLessThan(120); // along the drawn edges, where chroma is halved
    const mean = scene.reduce((sum, value, i) => sum + Math.abs(value - upright[i]!), 0);
    expect(mean / scene.length).toBeLessThan(2);
  });

  it('falls on white where it is transparent', async () => {
    const { data } = await decode(await heic('transparent'));
    expect(Math.min(...data.subarray(0, 3000))).toBeGreaterThan(250);
  });

  it.each(['display-p3-icc', 'display-p3-by-number'])('is brought to sRGB: %s', async (name) => {
    const wide = await decode(await heic(name));
    const plain = await decode(await heic('plain'));
    const greenOf = (image: RgbImage) => image.data[(40 * image.width + 40) * 3 + 1]!;
    // one file holds converted values that come back, the other holds values that go beyond sRGB
    if (name === 'display-p3-icc') expect(Math.abs(greenOf(wide) - greenOf(plain))).toBeLessThan(6);
    else expect(greenOf(wide)).toBeGreaterThan(greenOf(plain));
    expect(corners(wide)).toBe(UPRIGHT);
  });
});

describe('a HEIF file that cannot be read', () => {
  it('is refused when it breaks off, wherever', async () => {
    const bytes = await heic('plain');
    for (const share of [0.2, 0.5, 0.8, 0.95]) {
      expect(await outcome(bytes.subarray(0, bytes.length * share))).toBe('photo.unreadable');
    }
  });

  it('is refused by its header when it claims too many pixels', async () => {
    const side = Math.ceil(Math.sqrt(MAX_HEIF_PIXELS)) + 1;
    expect(await outcome(claiming(await heic('mirrored'), side, side))).toBe('photo.tooManyPixels');
    expect(await outcome(claiming(await heic('mirrored'), 70_000, 70_000))).toMatch(
      /^photo\.(tooManyPixels|unreadable)$/,
    );
  });

  it('is refused when its header claims other sizes than it holds', async () => {
    const claimed = claiming(await heic('mirrored'), 3000, 4000);
    expect(await outcome(claimed)).toMatch(/^photo\./);
  });

  it('is refused with what to do when its codec or its range is not ours', async () => {
    const avif = await (await drawnScene()).avif().toBuffer();
    expect(await outcome(avif)).toBe('photo.heicUnsupported');
    expect(await outcome(await heic('hlg-by-number'))).toBe('photo.heicUnsupported');
  });

  it('is refused when it is a sequence without a picture', async () => {
    const sequence = Buffer.from(await heic('plain'));
    sequence.write('hevc', 8, 'latin1');
    sequence.write('moov', sequence.indexOf('meta'), 'latin1');
    expect(await outcome(sequence)).toBe('photo.unreadable');
  });
});

/** The file with another size in its first `ispe` box. */
function claiming(file: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(file);
  const at = changed.indexOf('ispe') + 8;
  changed.writeUInt32BE(width, at);
  changed.writeUInt32BE(height, at + 4);
  return changed;
}
