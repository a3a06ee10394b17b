import { describe, expect, it } from 'vitest';
import { largestDifference } from './output-difference.ts';

const outputs = (...values: number[]) => ({ out: Float32Array.from(values) });

describe('largestDifference', () => {
  it('is a share of the largest expected value', () => {
    expect(largestDifference(outputs(0, -200), outputs(1, -200))).toBeCloseTo(0.005);
  });

  it('is zero for equal outputs', () => {
    expect(largestDifference(outputs(3, 4), outputs(3, 4))).toBe(0);
  });

  it('is infinite for NaN, wherever it stands', () => {
    expect(largestDifference(outputs(1, 2, 3), outputs(Number.NaN, 2, 3))).toBe(Infinity);
    expect(largestDifference(outputs(1, 2, 3), outputs(1, 2, Number.NaN))).toBe(Infinity);
  });

  it('is infinite for a missing or shorter output', () => {
    expect(largestDifference(outputs(1, 2), {})).toBe(Infinity);
    expect(largestDifference(outputs(1, 2), outputs(1))).toBe(Infinity);
  });

  it('does not make much of the last bits of nothing', () => {
    expect(largestDifference(outputs(9e-8, 1e-6), outputs(3e-8, 2e-6))).toBeLessThan(1e-4);
  });
});
