import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACTORS, ORDER_EVENTS, ORDER_STATE_TEXT, transition } from './order-life-cycle.ts';
import { isIn, ORDER_STATES, type OrderState } from './order-states.ts';
import {
  DELIVERY_STATES,
  journeyOf,
  leadsTo,
  PHOTO_STEP_TEXT,
  PHOTO_STEPS,
  type PhotoStep,
  stepAt,
  stepsAfter,
  stopsBehind,
} from './photo-journey.ts';

const CHINESE = /[一-鿿]/;
const anyState = fc.constantFrom(...ORDER_STATES);
const anyDelivery = fc.constantFrom(...DELIVERY_STATES);

describe('the steps of a photo', () => {
  test('go from kept to approved, and back only by a withdrawn approval or 学信网', () => {
    const way: readonly PhotoStep[] = [
      'kept',
      'judged',
      'handedIn',
      'arrived',
      'underReview',
      'approved',
    ];
    for (const [i, step] of way.slice(1).entries())
      expect(stepsAfter(way[i] ?? 'replaced')).toContain(step);
    const again = PHOTO_STEPS.filter((step) => leadsTo(step, step));
    expect(again).toEqual(['underReview', 'approved', 'rejected']);
  });

  test('every one but the first follows another', () => {
    for (const step of PHOTO_STEPS.slice(1)) expect(leadsTo('kept', step)).toBe(true);
  });

  test('an approved photo is never replaced, every other one may be', () => {
    for (const step of PHOTO_STEPS)
      expect(stepsAfter(step).includes('replaced')).toBe(
        step !== 'approved' && step !== 'replaced',
      );
  });

  test('have a word each, in both languages', () => {
    const words = PHOTO_STEPS.map((step) => PHOTO_STEP_TEXT[step]);
    for (const { zh, en } of words) {
      expect(zh).toMatch(CHINESE);
      expect(en).not.toMatch(CHINESE);
    }
    expect(new Set(words.map(({ zh }) => zh)).size).toBe(PHOTO_STEPS.length);
  });
});

test('the course of a review is passed stop by stop, and stands where it was refused', () => {
  const behind = ORDER_STATES.map((state) => [state, stopsBehind(stepAt(state))]);
  expect(Object.fromEntries(behind)).toMatchObject({
    pendingSubmission: 0,
    verifyingIdentity: 1,
    underReview: 2,
    rejected: 2,
    collected: 4,
    published: 4,
  });
  expect(stopsBehind('handedIn')).toBe(0);
});

describe('photo and order', () => {
  test('whatever moves an order moves its photo by the rules', () => {
    const move = fc.tuple(anyState, fc.constantFrom(...ORDER_EVENTS), fc.constantFrom(...ACTORS));
    fc.assert(
      fc.property(move, ([from, event, actor]) => {
        const moved = transition(from, event, actor);
        const before = stepAt(from);
        // Money that goes back ends the story of the photo where it stands.
        if (!moved.ok || !before || isIn(moved.value, 'refunding')) return;
        if (moved.value === 'refunded') return;
        const after = stepAt(moved.value) ?? 'replaced';
        expect(after === before || leadsTo(before, after)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('how an order reads', () => {
  test('without a photo here, or once it has arrived, as the server says', () => {
    fc.assert(
      fc.property(anyState, anyDelivery, (state, delivery) => {
        for (const step of [undefined, 'arrived', 'underReview', 'replaced'] as const) {
          const { zh, en, nextZh, nextEn } = ORDER_STATE_TEXT[state];
          expect(journeyOf(state, step, delivery)).toMatchObject({
            state,
            text: { zh, en, nextZh, nextEn },
          });
        }
      }),
    );
  });

  test('a photo kept or judged here is ahead of the server until it is under review', () => {
    for (const state of ORDER_STATES) {
      const ahead = isIn(state, 'photo', 'rejected');
      const seen = (step: PhotoStep): OrderState => journeyOf(state, step).state;
      expect(seen('kept')).toBe(ahead ? 'pendingStandardization' : state);
      expect(seen('judged')).toBe(ahead ? 'pendingSubmission' : state);
    }
  });

  test('what was handed in is never asked for again', () => {
    fc.assert(
      fc.property(anyState, anyDelivery, (state, delivery) => {
        const { text, phase } = journeyOf(state, 'handedIn', delivery);
        expect(text).not.toMatchObject({ zh: ORDER_STATE_TEXT.pendingSubmission.zh });
        if (isIn(state, 'photo', 'rejected')) expect(phase).toBe('review');
      }),
    );
  });

  test('a photo that was handed in says how it is on its way', () => {
    const words = DELIVERY_STATES.map((x) => journeyOf('pendingCapture', 'handedIn', x).text.zh);
    expect(words).toEqual([
      '已提交，等待网络',
      '已提交，等待发送',
      '已提交，正在发送',
      '已提交，未能送达',
      '身份核验中',
    ]);
  });
});
