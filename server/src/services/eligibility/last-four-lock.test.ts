import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VerificationLock } from '../../ports/eligibility/eligibility-repository.ts';
import {
  afterCorrectTry,
  afterWrongTry,
  LOCK_MINUTES,
  MAX_WRONG_TRIES,
  minutesLocked,
  triesLeft,
} from './last-four-lock.ts';

const START: VerificationLock = {
  studentId: 's',
  wrongCount: 0,
  lastWrongAt: null,
  lockedUntil: null,
};

test('however wrong tries are spread, never more than five get through in a lock’s length', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 * 60 }), { maxLength: 60 }), (gaps) => {
      let counter = START;
      let seconds = 0;
      const through: number[] = [];
      for (const gap of gaps) {
        seconds += gap;
        const now = new Date(seconds * 1000);
        if (minutesLocked(counter, now) > 0) continue;
        through.push(seconds);
        counter = afterWrongTry(counter, now);
      }
      for (const [index, first] of through.entries()) {
        const window = through.filter((x) => x >= first && x < first + LOCK_MINUTES * 60);
        // A lock begins with the fifth try, so a window may hold the end of one and a start.
        expect(window.length, String(index)).toBeLessThan(2 * MAX_WRONG_TRIES);
      }
    }),
  );
});

test('five in a row lock for fifteen minutes, rounded up', () => {
  let counter = START;
  for (let i = 0; i < MAX_WRONG_TRIES; i += 1) counter = afterWrongTry(counter, new Date(i * 1000));
  expect(minutesLocked(counter, new Date(5000))).toBe(15);
  expect(minutesLocked(counter, new Date(4000 + 14 * 60_000 + 1))).toBe(1);
  expect(minutesLocked(counter, new Date(4000 + 15 * 60_000))).toBe(0);
});

const MINUTE_MS = 60_000;

test('a wrong try counts for as long as a lock lasts, and not a moment longer', () => {
  const first = afterWrongTry(START, new Date(0));
  expect(first).toMatchObject({ wrongCount: 1, lastWrongAt: new Date(0), lockedUntil: null });
  const within = afterWrongTry(first, new Date(LOCK_MINUTES * MINUTE_MS - 1));
  expect([within.wrongCount, triesLeft(within)]).toEqual([2, 3]);
  const after = afterWrongTry(first, new Date(LOCK_MINUTES * MINUTE_MS));
  expect([after.wrongCount, triesLeft(after)]).toEqual([1, 4]);
});

test('after a lock everything is counted anew; so it is after a right answer', () => {
  let counter = START;
  for (let i = 0; i < MAX_WRONG_TRIES; i += 1) counter = afterWrongTry(counter, new Date(0));
  expect(counter).toMatchObject({
    ...{ studentId: 's', wrongCount: 5, lockedUntil: new Date(LOCK_MINUTES * MINUTE_MS) },
  });
  expect(triesLeft(counter)).toBe(0);
  expect(triesLeft({ ...counter, wrongCount: 9 })).toBe(0);
  const again = afterWrongTry(counter, new Date(LOCK_MINUTES * MINUTE_MS - 1));
  expect(again).toMatchObject({ wrongCount: 1, lockedUntil: null });
  expect(afterCorrectTry(counter)).toEqual(START);
});
