import { describe, expect, it } from 'vitest';
import { fromHalf, readHalves } from './half-float.ts';

describe('half precision', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('%i is %d', (bits, value) => {
    expect(fromHalf(bits)).toBe(value);
  });

  it('is read little-endian from any offset', () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0x3c, 0x00, 0xc0).subarray(1);
    expect(Array.from(readHalves(bytes, 2))).toEqual([1, -2]);
  });
});
