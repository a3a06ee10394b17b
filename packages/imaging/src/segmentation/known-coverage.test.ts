import { describe, expect, it } from 'vitest';
import { onFrame } from './known-coverage.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

/** Coverage that rises from left to right over the region. */
function ramp(width: number, height: number) {
  const alpha = Float32Array.from(
    { length: width * height },
    (_, i) => ((i % width) + 0.5) / width,
  );
  return { alpha, width, height };
}

const FRAME = { width: 12, height: 16 };

describe('a matte put on the frame', () => {
  it.each([8, 12, 24, 96])('keeps its place at any size (%i values across)', (side) => {
    const region = box(0, 0, 120, 160);
    const known = onFrame(ramp(side, side), region, region, FRAME);
    const row = known.subarray(5 * FRAME.width, 6 * FRAME.width);
    row.subarray(1, -1).forEach((value, i) => {
      expect(value).toBeCloseTo((i + 1.5) / FRAME.width, 5);
    });
  });

  it('shows the part of its region that the frame shows', () => {
    const known = onFrame(ramp(100, 100), box(0, 0, 240, 160), box(60, 0, 120, 160), FRAME);
    expect(known[0]).toBeCloseTo((60 + 5) / 240, 5);
    expect(known[FRAME.width - 1]).toBeCloseTo((180 - 5) / 240, 5);
  });

  it('is nobody beyond the source', () => {
    const person = { alpha: new Float32Array(100).fill(1), width: 10, height: 10 };
    const known = onFrame(person, box(0, 40, 120, 120), box(0, 0, 120, 160), FRAME);
    expect(known[2 * FRAME.width]).toBe(0);
    expect(known[10 * FRAME.width]).toBe(1);
  });
});
