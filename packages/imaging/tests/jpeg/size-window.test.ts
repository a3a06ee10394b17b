import type { JpegWindow } from '@gradshot/domain';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { writeHeader } from '../../src/jpeg/header.ts';
import { encodeInWindow, encodeJpeg } from '../../src/jpeg/size-window.ts';
import type { RgbImage } from '../../src/picture/rgb-image.ts';

const WINDOW: JpegWindow = {
  minBytes: 30 * 1024,
  maxBytes: 40 * 1024,
  minQuality: 60,
  maxQuality: 100,
  chroma: '4:4:4',
};

/** 480 × 640 of noise with the given amplitude over a grey ramp. */
function noisyPicture(amplitude: number): RgbImage {
  const data = new Uint8Array(480 * 640 * 3);
  let state = 7;
  for (let i = 0; i < data.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) | 0;
    data[i] = 100 + ((state >>> 16) % 256) * amplitude + (i % 480) / 8;
  }
  return { data, width: 480, height: 640 };
}

describe('the size window', () => {
  it.each([0.04, 0.08, 0.15])('is met from below, noise %f', async (amplitude) => {
    const { jpeg, quality, inWindow } = await encodeInWindow(noisyPicture(amplitude), WINDOW, 300);
    expect(inWindow).toBe(true);
    expect(jpeg.length).toBeLessThanOrEqual(WINDOW.maxBytes);
    expect(jpeg.length).toBeGreaterThanOrEqual(WINDOW.minBytes);
    expect(quality).toBeGreaterThanOrEqual(WINDOW.minQuality);
  });

  it.each([0.02, 0.04, 0.06, 0.08, 0.11, 0.15, 0.2])(
    'leaves no room for a better quality, noise %f',
    async (amplitude) => {
      const picture = noisyPicture(amplitude);
      const { jpeg, quality } = await encodeInWindow(picture, WINDOW, 300);
      const again = writeHeader(await encodeJpeg(picture, quality, WINDOW.chroma), 300);
      expect(jpeg).toEqual(again);
      if (quality === WINDOW.maxQuality || jpeg.length >= 0.95 * WINDOW.maxBytes) return;
      const better = writeHeader(await encodeJpeg(picture, quality + 1, WINDOW.chroma), 300);
      expect(better.length).toBeGreaterThan(WINDOW.maxBytes);
    },
  );

  it('says so when even the lowest quality is too large, and does not go below it', async () => {
    const { quality, inWindow, jpeg } = await encodeInWindow(noisyPicture(0.9), WINDOW, 300);
    expect({ quality, inWindow }).toEqual({ quality: 60, inWindow: false });
    expect(jpeg.length).toBeGreaterThan(WINDOW.maxBytes);
  });

  it('says so when even the highest quality is too small, and pads nothing', async () => {
    const flat = { data: new Uint8Array(480 * 640 * 3).fill(99), width: 480, height: 640 };
    const { quality, inWindow, jpeg } = await encodeInWindow(flat, WINDOW, 300);
    expect({ quality, inWindow }).toEqual({ quality: 100, inWindow: false });
    expect(jpeg.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
  });
});

describe('the header', () => {
  it('carries 300 dpi twice, sRGB, and nothing else', async () => {
    const { jpeg } = await encodeInWindow(noisyPicture(0.08), WINDOW, 300);
    expect(await sharp(jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      density: 300,
      isProgressive: false,
      chromaSubsampling: '4:4:4',
      hasProfile: false,
    });
    expect(Buffer.from(jpeg.subarray(6, 11)).toString('latin1')).toBe('JFIF\0');
    expect([jpeg[13], jpeg[14], jpeg[15]]).toEqual([1, 300 >> 8, 300 & 255]);
    expect(applicationSegments(jpeg)).toEqual([0xe0, 0xe1]);
  });

  it('leaves out what the encoder or a camera put there', async () => {
    const dressed = await sharp({
      create: { width: 8, height: 8, channels: 3, background: '#888' },
    })
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .withIccProfile('srgb')
      .jpeg()
      .toBuffer();
    expect(applicationSegments(writeHeader(dressed, 300))).toEqual([0xe0, 0xe1]);
  });
});

function applicationSegments(jpeg: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; ) {
    if (jpeg[at + 1]! >= 0xe0 && jpeg[at + 1]! <= 0xef) found.push(jpeg[at + 1]!);
    at += 2 + ((jpeg[at + 2]! << 8) | jpeg[at + 3]!);
  }
  return found;
}
