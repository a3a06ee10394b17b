import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { estimateJpegQuality } from '../../src/decode/jpeg-quality.ts';
import { sniffFormat } from '../../src/decode/source-format.ts';
import { inspectSource, MAX_SOURCE_BYTES } from '../../src/decode/source-picture.ts';
import { SourceReader } from '../../src/decode/source-reader.ts';
import { drawnScene } from './drawn-scene.ts';

const SCENE = await (await drawnScene()).toBuffer();

function scene() {
  return sharp(SCENE);
}

async function openReader(bytes: Uint8Array): Promise<SourceReader> {
  const info = await inspectSource(bytes);
  if (!info.ok) throw new Error(info.error.code);
  return new SourceReader(bytes, info.value);
}

async function colourAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const image = await (await openReader(bytes)).reduced(0);
  if (!image.ok) throw new Error(image.error.code);
  const { data, width } = image.value;
  return [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

/** As version 4 profiles hold text. */
function utf16(text: string): Buffer {
  return Buffer.from([...text].map((letter) => `\0${letter}`).join(''), 'latin1');
}

async function codeOf(bytes: Uint8Array): Promise<string> {
  const info = await inspectSource(bytes);
  return info.ok ? 'ok' : info.error.code;
}

describe('a file is what its bytes say', () => {
  it('refuses text, an empty file and a GIF', async () => {
    expect(await codeOf(Buffer.from('not a photo'))).toBe('photo.notAnImage');
    expect(await codeOf(new Uint8Array())).toBe('photo.notAnImage');
    expect(await codeOf(await scene().gif().toBuffer())).toBe('photo.notAnImage');
  });

  it('knows HEIF by its brand', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic', 'latin1')]);
    expect(sniffFormat(heic)).toBe('heic');
    expect(await codeOf(heic)).toBe('photo.unreadable');
  });
});

describe('limits are checked before anything is decoded', () => {
  it('refuses too many bytes', async () => {
    expect(await codeOf(new Uint8Array(MAX_SOURCE_BYTES + 1))).toBe('photo.tooLargeBytes');
  });

  it('refuses a header that claims 30000 × 30000 pixels', async () => {
    const png = await scene().png().toBuffer();
    png.writeUInt32BE(30_000, 16);
    png.writeUInt32BE(30_000, 20);
    expect(await codeOf(png)).toMatch(/photo\.(tooManyPixels|unreadable)/);
  });

  it('refuses a picture with too few pixels for any face', async () => {
    const small = await scene().resize(120, 160).jpeg().toBuffer();
    expect(await codeOf(small)).toBe('photo.tooSmall');
  });
});

describe('decoding', () => {
  it('reports a file that breaks off', async () => {
    const jpeg = await scene().jpeg({ quality: 95 }).toBuffer();
    const reader = await openReader(jpeg.subarray(0, jpeg.length * 0.6));
    expect(await reader.reduced(0)).toEqual({ ok: false, error: { code: 'photo.unreadable' } });
  });

  it('turns the picture as EXIF says', async () => {
    const turned = await scene().rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const [red, green] = await colourAt(turned, 60, 60);
    expect(green).toBeGreaterThan(150);
    expect(red).toBeLessThan(60);
    expect(await colourAt(turned, 300, 700)).toSatisfy((c: number[]) => c[2]! > 150 && c[0]! < 60);
  });

  it.each([
    ['CMYK', () => scene().toColourspace('cmyk').jpeg({ quality: 95 })],
    ['16 bit', () => scene().toColourspace('rgb16').png()],
    ['Display P3', () => scene().withIccProfile('p3').jpeg({ quality: 95 })],
    ['transparency', () => scene().ensureAlpha(1).webp({ quality: 95 })],
  ])('brings %s to sRGB', async (_, make) => {
    const [red, green, blue] = await colourAt(await make().toBuffer(), 400, 100);
    expect(red).toBeGreaterThan(150);
    expect(green).toBeLessThan(60);
    expect(blue).toBeLessThan(60);
  });

  it.each([
    ['sP3C', 'sP3C'],
    // Samsung, Google and Huawei name sRGB in the description of their P3
    ['sP3C', 'sRGB'],
  ])('believes a wide profile’s colours, not its name: %s as %s', async (name, instead) => {
    const wide = await scene().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer();
    const at = wide.indexOf(utf16(name));
    utf16(instead).copy(wide, at);
    expect(at).toBeGreaterThan(0);
    const [red, green, blue] = await colourAt(wide, 400, 100);
    const plain = await colourAt(await scene().jpeg({ quality: 95 }).toBuffer(), 400, 100);
    for (const [channel, value] of [red, green, blue].entries()) {
      expect(Math.abs(value! - plain[channel]!)).toBeLessThan(6);
    }
  });

  it('spares the transform for sRGB itself', async () => {
    for (const [profile, spared] of [
      ['srgb', true],
      ['p3', false],
    ] as const) {
      const bytes = await scene().withIccProfile(profile).jpeg().toBuffer();
      expect(await inspectSource(bytes)).toMatchObject({ value: { ignoreIcc: spared } });
    }
  });

  it('reads the same part at the same place from JPEG and PNG', async () => {
    const wanted = {
      pictureWidth: 300,
      pictureHeight: 400,
      x: -20,
      y: 180,
      width: 90,
      height: 120,
    };
    for (const bytes of [
      await scene().jpeg({ quality: 95 }).toBuffer(),
      await scene().png().toBuffer(),
    ]) {
      const part = await (await openReader(bytes)).crop(wanted);
      if (!part.ok) throw new Error(part.error.code);
      expect([part.value.width, part.value.height]).toEqual([90, 120]);
      // red above the 20th row, blue below, and the left edge repeated outwards
      for (const x of [0, 50]) {
        expect(part.value.data[(5 * 90 + x) * 3]).toBeGreaterThan(150);
        expect(part.value.data[(60 * 90 + x) * 3 + 2]).toBeGreaterThan(150);
      }
    }
  });
});

describe('the quality of a JPEG', () => {
  it.each([40, 60, 75, 90, 98])('is estimated from its tables, %i', async (quality) => {
    const jpeg = await scene().jpeg({ quality }).toBuffer();
    expect(Math.abs(estimateJpegQuality(jpeg) - quality)).toBeLessThanOrEqual(2);
  });
});
