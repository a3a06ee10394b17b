import { BEIJING_OFFSET_MS } from '@gradshot/domain';

const DAY_MS = 86_400_000;

/** From when to when a day of the calendar lasts there; `day`: `YYYY-MM-DD`. */
export function beijingDay(day: string): { readonly begin: Date; readonly end: Date } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const begin = Date.UTC(year, month - 1, date) - BEIJING_OFFSET_MS;
  return { begin: new Date(begin), end: new Date(begin + DAY_MS) };
}

/** When the day of that moment began in Beijing. */
export function beijingMidnight(at: Date): Date {
  const local = at.getTime() + BEIJING_OFFSET_MS;
  return new Date(local - (local % DAY_MS) - BEIJING_OFFSET_MS);
}
