import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workCalendar } from '../school-time/work-calendar.ts';
import { addWorkingDays } from './working-days.ts';

test.each([
  ['2026-11-23T02:00:00Z', '2026-11-25T02:00:00.000Z', 'Monday → Wednesday'],
  ['2026-11-26T02:00:00Z', '2026-11-30T02:00:00.000Z', 'Thursday → Monday'],
  ['2026-11-28T02:00:00Z', '2026-12-01T02:00:00.000Z', 'Saturday → Tuesday'],
  ['2026-11-27T17:00:00Z', '2026-11-30T17:00:00.000Z', 'Saturday in Beijing, Friday in UTC'],
  ['2026-09-30T02:00:00Z', '2026-10-09T02:00:00.000Z', 'before 国庆节 → the second day after it'],
  ['2026-10-08T10:00:00Z', '2026-10-10T10:00:00.000Z', 'Thursday → a Saturday that is worked'],
])('two working days after %s is %s (%s)', (from, to) => {
  expect(addWorkingDays(new Date(from), 2, workCalendar()).toISOString()).toBe(to);
});

test('always a working day, at the same time of day, in at most a fortnight', () => {
  const calendar = workCalendar();
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      (from) => {
        const due = addWorkingDays(from, 2, calendar);
        const days = (due.getTime() - from.getTime()) / 86_400_000;
        // 春节 of 2020 lasted ten days.
        expect(Number.isInteger(days) && days >= 2 && days <= 14).toBe(true);
        expect(calendar.isWorkingDay(due)).toBe(true);
      },
    ),
  );
});
