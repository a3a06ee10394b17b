import { describe, expect, it } from 'vitest';
import { workCalendar } from './work-calendar.ts';

const noon = (day: string) => new Date(`${day}T12:00:00+08:00`);

describe('the calendar of working days', () => {
  it.each([
    ['2026-10-01', false, '国庆节'],
    ['2026-10-10', true, 'a Saturday that is worked for it'],
    ['2026-10-11', false, 'a Sunday'],
    ['2026-10-12', true, 'a Monday'],
    ['2026-02-23', false, '春节, a Monday'],
    ['2026-02-28', true, 'a Saturday that is worked for it'],
  ])('%s: %s (%s)', (day, working) => {
    expect(workCalendar().isWorkingDay(noon(day))).toBe(working);
  });

  it('counts days as they begin in Beijing, wherever the server stands', () => {
    expect(workCalendar().isWorkingDay(new Date('2026-10-09T16:00:00Z'))).toBe(true);
    expect(workCalendar().isWorkingDay(new Date('2026-10-10T16:00:00Z'))).toBe(false);
  });

  it('knows a year by what was entered, and says so where nothing was', () => {
    const entered = [
      { day: '2040-10-01', working: false, name: '国庆节' },
      { day: '2040-09-29', working: true, name: '国庆节' },
    ];
    expect(workCalendar().knows(2040)).toBe(false);
    expect(workCalendar().isWorkingDay(noon('2040-10-01'))).toBe(true);
    const calendar = workCalendar(entered);
    expect(calendar.knows(2040)).toBe(true);
    expect(calendar.isWorkingDay(noon('2040-10-01'))).toBe(false);
    expect(calendar.isWorkingDay(noon('2040-09-29'))).toBe(true);
    expect(calendar.ofYear(2040).map(({ day }) => day)).toEqual(['2040-09-29', '2040-10-01']);
  });

  it('takes what was entered for what the notice changed since', () => {
    const changed = [{ day: '2026-10-10', working: false, name: '调整' }];
    expect(workCalendar(changed).isWorkingDay(noon('2026-10-10'))).toBe(false);
  });
});
