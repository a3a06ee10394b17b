import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VerificationLock } from '../../ports/eligibility/eligibility-repository.ts';
import { afterWrongTry, LOCK_MINUTES, MAX_WRONG_TRIES, minutesLocked } from './last-four-lock.ts';

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
