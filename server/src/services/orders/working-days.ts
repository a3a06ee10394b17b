import { BEIJING_OFFSET_MS } from '@gradshot/domain';

/** Within which a decision is promised. */
export const REVIEW_WORKING_DAYS = 2;

const DAY_MS = 86_400_000;

/**
 * `days` working days (Monday to Friday in Beijing time) after `from`, at the same time of day. On
 * a week-end the count begins with the next Monday. Public holidays are passed in as `2026-10-01`.
 */
export function addWorkingDays(
  from: Date,
  days: number,
  holidays: ReadonlySet<string> = new Set(),
): Date {
  let time = from.getTime();
  for (let left = days; left > 0; ) {
    time += DAY_MS;
    if (isWorkingDay(time, holidays)) left -= 1;
  }
  return new Date(time);
}

function isWorkingDay(time: number, holidays: ReadonlySet<string>): boolean {
  const local = new Date(time + BEIJING_OFFSET_MS);
  const weekday = local.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(local.toISOString().slice(0, 10));
}
