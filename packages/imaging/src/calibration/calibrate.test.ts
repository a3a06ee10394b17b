import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOf } from '../identity/compare-identity.ts';
import { cosineSimilarity } from '../identity/cosine-similarity.ts';
import { DEFAULT_IDENTITY_THRESHOLDS } from '../identity/identity-thresholds.ts';
import { calibrate, scorePairs } from './calibrate.ts';

const vector = (...values: number[]) => Float32Array.from(values);

/** `count` scores spread evenly over a range. */
const spread = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

describe('cosineSimilarity', () => {
  it('measures the angle and nothing else', () => {
    expect(cosineSimilarity(vector(1, 2, 3), vector(10, 20, 30))).toBeCloseTo(1);
    expect(cosineSimilarity(vector(1, 0), vector(0, 5))).toBe(0);
    expect(cosineSimilarity(vector(1, 0), vector(-2, 0))).toBe(-1);
  });

  it('is 0 for a vector without direction', () => {
    expect(cosineSimilarity(vector(0, 0), vector(1, 1))).toBe(0);
  });
});

describe('bandOf', () => {
  it('puts the limits into the upper band', () => {
    const thresholds = { mismatchBelow: 0.4, similarFrom: 0.7, basis: 'test' };
    expect([0.39, 0.4, 0.69, 0.7].map((score) => bandOf(score, thresholds))).toEqual([
      'mismatch',
      'unclear',
      'unclear',
      'similar',
    ]);
  });
});

describe('scorePairs', () => {
  it('tells the pairs of one person from the others', () => {
    const { same, different } = scorePairs([
      { person: 'a', embedding: vector(1, 0) },
      { person: 'b', embedding: vector(0, 1) },
      { person: 'a', embedding: vector(2, 0) },
    ]);
    expect(same).toEqual([1]);
    expect(different).toEqual([0, 0]);
  });
});

describe('calibrate', () => {
  it('fits the limits to overlapping scores', () => {
    const scores = { same: spread(0.5, 0.95, 1000), different: spread(0.1, 0.68, 5000) };
    const { thresholds, fitted, falseMismatch, falseSimilar } = calibrate(scores, '2026 autumn');
    expect(fitted).toBe(true);
    expect(thresholds).toEqual({ mismatchBelow: 0.48, similarFrom: 0.699, basis: '2026 autumn' });
    expect(falseMismatch).toBe(0);
    expect(falseSimilar).toBe(0);
  });

  it('keeps the limits in order when the scores do not overlap', () => {
    const scores = { same: spread(0.8, 0.95, 300), different: spread(0, 0.3, 3000) };
    const { mismatchBelow, similarFrom } = calibrate(scores, 'apart').thresholds;
    expect(mismatchBelow).toBeCloseTo(0.32, 2);
    expect(similarFrom).toBeCloseTo(0.78, 2);
  });

  it('keeps the defaults on a small roster and says so', () => {
    const small = calibrate({ same: [0.9], different: [0.6, 0.8] }, 'small');
    expect(small).toMatchObject({ fitted: false, samePairs: 1, falseSimilar: 0.5 });
    expect(small.thresholds).toBe(DEFAULT_IDENTITY_THRESHOLDS);
  });

  it('never lets more than a thousandth through, whatever the scores', () => {
    const score = fc.double({ min: -1, max: 1, noNaN: true });
    const list = (minLength: number) => fc.array(score, { minLength, maxLength: minLength + 50 });
    fc.assert(
      fc.property(list(200), list(2000), (same, different) => {
        const result = calibrate({ same, different }, 'any');
        expect(result.thresholds.mismatchBelow).toBeLessThanOrEqual(result.thresholds.similarFrom);
        expect(result.falseMismatch).toBeLessThanOrEqual(0.001);
        expect(result.falseSimilar).toBeLessThanOrEqual(0.001);
      }),
      { numRuns: 30 },
    );
  });
});
