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

describe('boxMean', () => {
  it.each([0, 1, 4, 40])('is the mean of the clipped window, radius %i', (radius) => {
    const source = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 7919) % 101);
    const out = new Float32Array(source.length);
    boxMean(source, WIDTH, HEIGHT, radius, out, new Float32Array(source.length));
    for (const [x, y] of [
      [0, 0],
      [12, 9],
      [WIDTH - 1, HEIGHT - 1],
    ] as const) {
      let sum = 0;
      let count = 0;
      for (let row = Math.max(0, y - radius); row <= Math.min(HEIGHT - 1, y + radius); row++) {
        for (let at = Math.max(0, x - radius); at <= Math.min(WIDTH - 1, x + radius); at++) {
          sum += source[row * WIDTH + at]!;
          count++;
        }
      }
      expect(out[y * WIDTH + x]).toBeCloseTo(sum / count, 3);
    }
  });
});

describe('smoothCells', () => {
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
