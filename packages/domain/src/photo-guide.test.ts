import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestFrame,
  byWeight,
  GUIDE_STATES,
  guideStateOf,
  type HINT_WEIGHTS,
  type RatedFrame,
} from './photo-guide.ts';

const weights = (...all: (typeof HINT_WEIGHTS)[number][]) => all.map((weight) => ({ weight }));

describe('the light', () => {
  it('is green only when nothing is left that anybody before the camera could change', () => {
    expect(guideStateOf([])).toBe('ready');
    expect(guideStateOf(weights('advises'))).toBe('ready');
    expect(guideStateOf(weights('advises', 'corrects'))).toBe('adjust');
    expect(guideStateOf(weights('corrects', 'blocks', 'advises'))).toBe('blocked');
  });
});

describe('byWeight', () => {
  it('puts the heaviest first and keeps the order within a weight', () => {
    const hints = [
      { weight: 'advises', n: 1 },
      { weight: 'corrects', n: 2 },
      { weight: 'blocks', n: 3 },
      { weight: 'corrects', n: 4 },
      { weight: 'blocks', n: 5 },
    ] as const;
    expect(byWeight(hints).map(({ n }) => n)).toEqual([3, 5, 2, 4, 1]);
  });
});

const frame = (eyesOpen: number | null, sharpness: number | null, tiltDeg: number): RatedFrame => ({
  state: 'ready',
  rating: { eyesOpen, sharpness, tiltDeg },
});

describe('bestFrame', () => {
  it('has none of none', () => {
    expect(bestFrame([])).toBeUndefined();
  });

  it.each([
    ['widest open eyes', [frame(0.3, 5, 2), frame(0.35, 5, 2), frame(0.31, 5, 2)]],
    ['sharpest', [frame(0.3, 5, 2), frame(0.3, 9, 2), frame(0.3, 6, 2)]],
    ['straightest', [frame(0.3, 5, 2), frame(0.3, 5, 0.5), frame(0.3, 5, 3)]],
    ['two against one', [frame(0.3, 5, 2), frame(0.4, 9, 3), frame(0.3, 6, 2.9)]],
    ['what was measured', [frame(null, null, 2), frame(0.3, 9, 2), frame(0.2, null, 2)]],
  ] as const)('takes the %s', (_, frames) => {
    expect(bestFrame(frames)).toBe(1);
  });

  it('never takes a frame that the guide blocks while there is another', () => {
    const blink = { ...frame(0.9, 99, 0), state: 'blocked' as const };
    expect(bestFrame([blink, { ...frame(0.1, 1, 9), state: 'adjust' }])).toBe(1);
    expect(bestFrame([blink, { state: 'blocked' }])).toBe(0);
  });

  it('takes the first of equals, rated or not', () => {
    expect(bestFrame([frame(0.3, 5, 2), frame(0.3, 5, 2)])).toBe(0);
    expect(bestFrame([{ state: 'ready' }, { state: 'ready' }])).toBe(0);
  });

  it('always names a frame of the best state', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const any = fc.record({
      state: fc.constantFrom(...GUIDE_STATES),
      rating: fc.option(
        fc.record({
          eyesOpen: fc.option(number),
          sharpness: fc.option(number),
          tiltDeg: number,
        }),
        { nil: undefined },
      ),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), (frames) => {
        const best = frames[bestFrame(frames)!]!;
        const rank = ({ state }: RatedFrame) => GUIDE_STATES.indexOf(state);
        expect(rank(best)).toBe(Math.max(...frames.map(rank)));
      }),
    );
  });
});
