import type { WorkCalendar } from '../school-time/work-calendar.ts';

/** Within which a decision is promised. */
export const REVIEW_WORKING_DAYS = 2;

const DAY_MS = 86_400_000;

/**
 * `days` working days in Beijing after `from`, at the same time of day: neither week-ends nor public
 * holidays count, and a week-end that is worked for one does.
 */
export function addWorkingDays(from: Date, days: number, calendar: WorkCalendar): Date {
  let time = from.getTime();
  for (let left = days; left > 0; ) {
    time += DAY_MS;
    if (calendar.isWorkingDay(new Date(time))) left -= 1;
  }
  return new Date(time);
}
