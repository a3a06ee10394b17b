import { createRequire } from 'node:module';
import { BEIJING_OFFSET_MS } from '@gradshot/domain';
import { z } from 'zod';
import type { SpecialDay } from '../../ports/schools/calendar-repository.ts';

export type WorkCalendar = {
  isWorkingDay(at: Date): boolean;
  /** Special days of that year, in order. */
  ofYear(year: number): readonly SpecialDay[];
  /** False: that year's notice has not been entered, and week-ends alone are known. */
  knows(year: number): boolean;
};

const days = z.record(z.string(), z.string());
const notices = z.object({ holidays: days, workdays: days });

/**
 * The data of `chinese-days` and none of its functions, which count by the machine's own time zone.
 * Read once: 37 kB. By day.
 */
const PUBLISHED: ReadonlyMap<string, SpecialDay> = published();

function published(): Map<string, SpecialDay> {
  const require = createRequire(import.meta.url);
  const { holidays, workdays } = notices.parse(require('chinese-days/dist/chinese-days.json'));
  const special = (list: Readonly<Record<string, string>>, working: boolean) =>
    Object.entries(list).map(([day, names]) => ({ day, working, name: names.split(',')[1] ?? '' }));
  const all = [...special(holidays, false), ...special(workdays, true)];
  return new Map(all.map((one) => [one.day, one]));
}

/** `entered`: what the console has for years that the package was published before; it wins. */
export function workCalendar(entered: readonly SpecialDay[] = []): WorkCalendar {
  const special = new Map([...PUBLISHED, ...entered.map((one) => [one.day, one] as const)]);
  const ofYear = (year: number) =>
    [...special.values()]
      .filter(({ day }) => day.startsWith(`${year}-`))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  return {
    isWorkingDay(at) {
      const local = new Date(at.getTime() + BEIJING_OFFSET_MS);
      const known = special.get(local.toISOString().slice(0, 10));
      return known ? known.working : local.getUTCDay() !== 0 && local.getUTCDay() !== 6;
    },
    ofYear,
    knows: (year) => ofYear(year).length > 0,
  };
}
