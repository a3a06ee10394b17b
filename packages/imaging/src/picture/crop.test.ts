import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CropRegion,
  cropToPicture,
  sampleRegion,
  toNetworkInput,
  wholePicture,
} from './crop.ts';
import { halve, ImagePyramid } from './image-pyramid.ts';
import type { RgbImage } from './rgb-image.ts';

function picture(
  width: number,
  height: number,
  colour: (x: number, y: number) => number,
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      data.fill(colour(x, y), 3 * (y * width + x), 3 * (y * width + x) + 3);
  }
  return { data, width, height };
}

const red = (pixels: Float32Array) => Array.from(pixels).filter((_, i) => i % 3 === 0);

describe('sampleRegion', () => {
  it('copies a picture at its own size', () => {
    const image = picture(5, 4, (x, y) => 10 * x + y);
    const out = sampleRegion(new ImagePyramid(image), wholePicture(image), 5, 4);
    expect(Array.from(out)).toEqual(Array.from(image.data));
  });

  it('mirrors when asked', () => {
    const image = picture(4, 1, (x) => 50 * x);
    const region = { ...wholePicture(image), flip: true };
    expect(red(sampleRegion(new ImagePyramid(image), region, 4, 1))).toEqual([150, 100, 50, 0]);
  });

  it('turns by a quarter clockwise', () => {
    const image = picture(3, 3, (x, y) => 10 * y + x);
    const region = { ...wholePicture(image), angle: Math.PI / 2 };
    const out = sampleRegion(new ImagePyramid(image), region, 3, 3);
    // The crop's x axis runs down the picture, its y axis to the left.
    expect(red(out).map(Math.round)).toEqual([2, 12, 22, 1, 11, 21, 0, 10, 20]);
  });

  it('is black outside the picture', () => {
    const image = picture(4, 4, () => 200);
    const region: CropRegion = { ...wholePicture(image), centreX: 100 };
    expect(Math.max(...sampleRegion(new ImagePyramid(image), region, 4, 4))).toBe(0);
  });

  it('averages when it shrinks, whatever the factor', () => {
    const image = picture(256, 256, (x, y) => ((x + y) % 2 === 0 ? 0 : 200));
    for (const size of [8, 13, 64, 100]) {
      const out = sampleRegion(new ImagePyramid(image), wholePicture(image), size, size);
      for (const value of out) expect(Math.abs(value - 100)).toBeLessThan(2);
    }
  });

  it('keeps a ramp where it is at every scale', () => {
    const image = picture(200, 40, (x) => x);
    for (const width of [200, 150, 100, 50, 25]) {
      const out = red(sampleRegion(new ImagePyramid(image), wholePicture(image), width, width / 5));
      const scale = 200 / width;
      for (let i = 1; i < width - 1; i++) {
        expect(Math.abs(out[i]! - ((i + 0.5) * scale - 0.5))).toBeLessThan(0.6);
      }
    }
  });
});

describe('sampleRegion, at any place and angle', () => {
  it('reads each pixel where the region says, and nothing beyond the edges', () => {
    const image = picture(40, 30, (x, y) => 2 * x + 4 * y);
    const side = fc.double({ min: 2, max: 40, noNaN: true });
    const place = fc.double({ min: -30, max: 60, noNaN: true });
    const angle = fc.double({ min: -3.2, max: 3.2, noNaN: true });
    fc.assert(
      fc.property(place, place, side, angle, fc.boolean(), (centreX, centreY, size, turn, flip) => {
        const region = { centreX, centreY, width: size, height: size, angle: turn, flip };
        const out = red(sampleRegion(new ImagePyramid(image), region, 40, 40));
        out.forEach((value, i) => {
          const u = ((i % 40) + 0.5) / 40;
          const v = (Math.floor(i / 40) + 0.5) / 40;
          const { x, y } = cropToPicture(region, u, v);
          const inside = x > 0.51 && y > 0.51 && x < 39.49 && y < 29.49;
          if (inside) expect(value).toBeCloseTo(2 * (x - 0.5) + 4 * (y - 0.5), 3);
          if (x < -0.01 || y < -0.01 || x > 40.01 || y > 30.01) expect(value).toBe(0);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('cropToPicture', () => {
  const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
  const side = fc.double({ min: 1, max: 500, noNaN: true });
  const regions = fc.record({
    centreX: coordinate,
    centreY: coordinate,
    width: side,
    height: side,
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    flip: fc.boolean(),
  });

  it('maps the crop middle to the region centre and keeps lengths', () => {
    fc.assert(
      fc.property(regions, (region) => {
        const centre = cropToPicture(region, 0.5, 0.5);
        expect(centre.x).toBeCloseTo(region.centreX);
        expect(centre.y).toBeCloseTo(region.centreY);
        const edge = cropToPicture(region, 1, 0.5);
        const reach = Math.hypot(edge.x - centre.x, edge.y - centre.y);
        expect(reach).toBeCloseTo(region.width / 2);
      }),
    );
  });
});

describe('toNetworkInput', () => {
  const pixels = Float32Array.of(0, 51, 255, 255, 0, 51);
  const base = { name: 'input', width: 2, height: 1 } as const;

  it('arranges planes and scales to the range', () => {
    const input = { ...base, layout: 'NCHW', colour: 'rgb', range: [-1, 1] } as const;
    const out = toNetworkInput(pixels, { ...input, range: [-1, 1] });
    [-1, 1, -0.6, -1, 1, -0.6].forEach((value, i) => {
      expect(out[i]).toBeCloseTo(value, 5);
    });
  });

  it('interleaves and swaps colours', () => {
    const out = toNetworkInput(pixels, { ...base, layout: 'NHWC', colour: 'bgr', range: [0, 255] });
    expect(Array.from(out, Math.round)).toEqual([255, 51, 0, 51, 0, 255]);
  });

  it('makes luma for a grey network', () => {
    const out = toNetworkInput(pixels, {
      ...base,
      layout: 'NCHW',
      colour: 'grey',
      range: [0, 255],
    });
    expect(out[0]).toBeCloseTo(0.587 * 51 + 0.114 * 255, 3);
  });
});

describe('halve', () => {
  it('rounds the mean of each block to nearest and drops odd edges', () => {
    const image = picture(3, 3, (x, y) => x + y);
    expect(halve(image)).toEqual({ data: Uint8Array.of(1, 1, 1), width: 1, height: 1 });
  });
});
