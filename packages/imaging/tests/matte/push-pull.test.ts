import { describe, expect, it } from 'vitest';
import { boxMean } from '../../src/matte/box-filter.ts';
import { pushPull } from '../../src/matte/push-pull.ts';
import { smoothCells } from '../../src/matte/smooth-cells.ts';

const WIDTH = 37;
const HEIGHT = 23;

describe('pushPull', () => {
  it('leaves what is known and fills the rest within its range', () => {
    const values = new Float32Array(WIDTH * HEIGHT * 2);
    const weights = new Float32Array(WIDTH * HEIGHT);
    for (let i = 0; i < weights.length; i++) {
      weights[i] = i % WIDTH < 5 || i % WIDTH > 30 ? 1 : 0;
      values[2 * i] = i % WIDTH < 5 ? 0.2 : 0.8;
      values[2 * i + 1] = 0.5;
    }
    pushPull(values, weights, WIDTH, HEIGHT, 2);
    for (let i = 0; i < weights.length; i++) {
      if (weights[i] === 1) expect(values[2 * i]).toBeCloseTo(i % WIDTH < 5 ? 0.2 : 0.8, 6);
      expect(values[2 * i]).toBeGreaterThan(0.19);
      expect(values[2 * i]).toBeLessThan(0.81);
      expect(values[2 * i + 1]).toBeCloseTo(0.5, 5);
    }
    expect(values[2 * (10 * WIDTH + 8)]!).toBeLessThan(values[2 * (10 * WIDTH + 28)]!);
  });

  it('gives zeros where nothing is known', () => {
    const values = new Float32Array(WIDTH * HEIGHT).fill(3);
    pushPull(values, new Float32Array(WIDTH * HEIGHT), WIDTH, HEIGHT, 1);
    expect(Math.max(...values)).toBe(0);
  });
});

describe('pushPull by hand', () => {
  /** One channel; `values` where nothing is known are not looked at. */
  function filled(values: number[], weights: number[], width: number, channels = 1): number[] {
    const out = Float32Array.from(values);
    const known = Float32Array.from(weights);
    pushPull(out, known, width, weights.length / width, channels);
    expect([...known]).toEqual(weights);
    return [...out].map((value) => Math.round(value * 1e5) / 1e5);
  }

  it.each([
    ['one that is known', [7], [1], [7]],
    ['one that is half known', [7], [0.5], [7]],
    ['one gap', [3, 9], [1, 0], [3, 3]],
    ['a gap between two', [0, 9, 9, 1], [1, 0, 0, 1], [0, 0.25, 0.75, 1]],
    ['what is half known', [0, 1], [1, 0.5], [0, 0.66667]],
    ['a long gap', [4, 0, 0, 0, 0], [1, 0, 0, 0, 0], [4, 4, 4, 4, 4]],
  ])('fills %s, lying and standing', (_, values, weights, expected) => {
    expect(filled(values, weights, weights.length)).toEqual(expected);
    expect(filled(values, weights, 1)).toEqual(expected);
  });

  it('counts what is known once, however often it is known', () => {
    // The left block knows four zeros, the right one a single one.
    const values = [0, 0, 1, 9, 0, 0, 9, 9];
    const weights = [1, 1, 1, 0, 1, 1, 0, 0];
    expect(filled(values, weights, 4)).toEqual([0, 0, 1, 1, 0, 0, 0.75, 1]);
  });

  it('fills every channel by itself', () => {
    expect(filled([0, 8, 9, 9, 9, 9, 1, 4], [1, 0, 0, 1], 4, 2)).toEqual([
      0, 8, 0.25, 7, 0.75, 5, 1, 4,
    ]);
  });
});

describe('boxMean', () => {
  it.each([0, 1, 4, 40])('is the mean of the clipped window, radius %i', (radius) => {
    const source = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 7919) % 101);
    const out = new Float32Array(source.length);
    boxMean(source, WIDTH, HEIGHT, radius, out, new Float32Array(source.length));
    for (let i = 0; i < out.length; i++) {
      const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
      let sum = 0;
      let count = 0;
      for (let row = Math.max(0, y - radius); row <= Math.min(HEIGHT - 1, y + radius); row++) {
        for (let at = Math.max(0, x - radius); at <= Math.min(WIDTH - 1, x + radius); at++) {
          sum += source[row * WIDTH + at]!;
          count++;
        }
      }
      expect(out[i]).toBeCloseTo(sum / count, 3);
    }
  });
});

describe('smoothCells', () => {
  /** Sixteenths of an impulse of 16 at one place of a row, and of a column. */
  it.each([
    [0, [11, 5, 1, 0, 0, 0, 0]],
    [1, [4, 6, 4, 1, 0, 0, 0]],
    [3, [0, 1, 4, 6, 4, 1, 0]],
    [6, [0, 0, 0, 0, 1, 5, 11]],
  ])('spreads an impulse at %i by the binomial weights, the edge repeated', (at, expected) => {
    for (const [width, height] of [
      [7, 1],
      [1, 7],
    ] as const) {
      const values = new Float32Array(7);
      values[at] = 16;
      smoothCells(values, width, height, 1);
      expect([...values]).toEqual(expected);
    }
  });

  it('keeps a constant and the mean of an impulse, per channel', () => {
    const values = new Float32Array(WIDTH * HEIGHT * 2);
    for (let i = 0; i < values.length; i += 2) values[i + 1] = 0.25;
    values[2 * (11 * WIDTH + 18)] = 1;
    smoothCells(values, WIDTH, HEIGHT, 2);
    let sum = 0;
    for (let i = 0; i < values.length; i += 2) {
      sum += values[i]!;
      expect(values[i + 1]).toBeCloseTo(0.25, 6);
    }
    expect(sum).toBeCloseTo(1, 5);
  });
});
