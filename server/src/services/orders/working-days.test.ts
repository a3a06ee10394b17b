import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWorkingDays } from './working-days.ts';

test.each([
  ['2026-11-23T02:00:00Z', '2026-11-25T02:00:00.000Z', 'Monday → Wednesday'],
  ['2026-11-26T02:00:00Z', '2026-11-30T02:00:00.000Z', 'Thursday → Monday'],
  ['2026-11-28T02:00:00Z', '2026-12-01T02:00:00.000Z', 'Saturday → Tuesday'],
  ['2026-11-27T17:00:00Z', '2026-11-30T17:00:00.000Z', 'Saturday in Beijing, Friday in UTC'],
])('two working days after %s is %s (%s)', (from, to) => {
  expect(addWorkingDays(new Date(from), 2).toISOString()).toBe(to);
});

test('holidays do not count', () => {
  const holidays = new Set(['2026-11-24', '2026-11-25']);
  const due = addWorkingDays(new Date('2026-11-23T02:00:00Z'), 2, holidays);
  expect(due.toISOString()).toBe('2026-11-27T02:00:00.000Z');
});

test('always a working day, at the same time of day, in at most a week', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      (from) => {
        const due = addWorkingDays(from, 2);
        const days = (due.getTime() - from.getTime()) / 86_400_000;
        expect(Number.isInteger(days) && days >= 2 && days <= 4).toBe(true);
        expect([1, 2, 3, 4, 5]).toContain(new Date(due.getTime() + 8 * 3_600_000).getUTCDay());
      },
    ),
  );
});
