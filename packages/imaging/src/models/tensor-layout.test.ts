import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisPadding, permute4, sizeOf } from './tensor-layout.ts';

describe('axisPadding', () => {
  it('puts the odd pixel of SAME after', () => {
    expect(axisPadding('SAME', 256, 5, 2)).toEqual({ length: 128, before: 1, after: 2 });
    expect(axisPadding('SAME', 64, 3, 2)).toEqual({ length: 32, before: 0, after: 1 });
  });

  it('never pads VALID', () => {
    expect(axisPadding('VALID', 10, 3, 2)).toEqual({ length: 4, before: 0, after: 0 });
  });

  it('gives the length that a padded convolution has', () => {
    const positive = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(positive(300), positive(7), positive(4), positive(3), (input, k, s, d) => {
        const { length, before, after } = axisPadding('SAME', input, k, s, d);
        expect(length).toBe(Math.ceil(input / s));
        const padded = input + before + after - ((k - 1) * d + 1);
        expect(Math.floor(padded / s) + 1).toBe(length);
      }),
    );
  });
});

describe('permute4', () => {
  it('is undone by the inverse permutation', () => {
    const lengths = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 1, max: 5 })));
    const orders = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 });
    fc.assert(
      fc.property(lengths, orders, (shape, axes) => {
        const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => i);
        const order = axes as [number, number, number, number];
        const inverse = [0, 1, 2, 3].map((axis) => axes.indexOf(axis)) as typeof order;
        const there = permute4(data, shape, order);
        const back = permute4(
          there,
          order.map((axis) => shape[axis]!),
          inverse,
        );
        expect(back).toEqual(data);
      }),
    );
  });

  it('turns HWIO weights into OIHW', () => {
    const shape = [1, 2, 1, 2];
    // (w, o): (0,0)=1 (0,1)=2 (1,0)=3 (1,1)=4
    const oihw = permute4(Float32Array.of(1, 2, 3, 4), shape, [3, 2, 0, 1]);
    expect(Array.from(oihw)).toEqual([1, 3, 2, 4]);
  });
});
