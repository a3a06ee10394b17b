import type { WorkYear } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { CalendarRows, SpecialDay } from '../../ports/schools/calendar-repository.ts';
import { workCalendar } from './work-calendar.ts';

export type WorkYears = {
  year(year: number): Promise<WorkYear>;
  /** `request.invalid`: a day of another year, or one twice. */
  save(caller: StaffCaller, year: number, days: readonly SpecialDay[]): Promise<Result<WorkYear>>;
};

type Needs = Stored<CalendarRows> & { readonly clock: Clock };

export function createWorkYears({ storage, clock }: Needs): WorkYears {
  const read = async (year: number): Promise<WorkYear> => {
    const entered = await storage.calendar.specialDays();
    const byHand = new Set(entered.map(({ day }) => day));
    const calendar = workCalendar(entered);
    const days = calendar.ofYear(year).map((one) => ({ ...one, entered: byHand.has(one.day) }));
    return { year, known: calendar.knows(year), days };
  };
  return {
    year: read,
    async save(caller, year, days) {
      if (!areOfYear(year, days)) return fail('request.invalid', { field: 'days' });
      const entered = { by: caller.staffId, at: clock() };
      await storage.transaction(({ calendar }) => calendar.replaceYear(year, days, entered));
      return ok(await read(year));
    },
  };
}

const areOfYear = (year: number, days: readonly SpecialDay[]) =>
  days.every(({ day }) => day.startsWith(`${year}-`)) &&
  new Set(days.map(({ day }) => day)).size === days.length;
