import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterWrongTry,
  LOCK_MINUTES,
  MAX_WRONG_TRIES,
  minutesLocked,
  NO_TRIES,
  triesLeft,
} from './last-four-tries.ts';

const START = Date.parse('2026-11-30T08:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);

test('whatever the pace, nobody gets more than five wrong tries in the length of a lock', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 60 }), (pauses) => {
      let [now, tries] = [0, NO_TRIES];
      const made: number[] = [];
      for (const pause of pauses) {
        now += pause;
        if (minutesLocked(tries, at(now)) > 0) continue;
        tries = afterWrongTry(tries, at(now));
        made.push(now);
        const recent = made.filter((one) => one > now - LOCK_MINUTES * 60);
        expect(recent.length).toBeLessThanOrEqual(MAX_WRONG_TRIES);
      }
    }),
  );
});

test('the fifth locks, the lock opens by itself, and then counts from one', () => {
  let tries = NO_TRIES;
  for (let i = 1; i <= MAX_WRONG_TRIES; i += 1) {
    expect(minutesLocked(tries, at(i))).toBe(0);
    tries = afterWrongTry(tries, at(i));
    expect(triesLeft(tries)).toBe(MAX_WRONG_TRIES - i);
  }
  expect(minutesLocked(tries, at(6))).toBe(LOCK_MINUTES);
  expect(minutesLocked(tries, at(5 + LOCK_MINUTES * 60))).toBe(0);
  expect(afterWrongTry(tries, at(5 + LOCK_MINUTES * 60)).wrongCount).toBe(1);
});
