import { beforeEach, expect, test } from 'vitest';
import { createInMemoryStorage } from '../../../tests/in-memory/storage.ts';
import { unwrap } from '../../../tests/in-memory/unwrap.ts';
import type { StaffCaller } from '../../ports/access/caller.ts';
import { createWorkYears, type WorkYears } from './work-years.ts';

const caller = { kind: 'staff', staffId: 's1', roles: ['administrator'] } as unknown as StaffCaller;
const day = (date: string, working: boolean) => ({ day: date, working, name: '国庆节' });

let years: WorkYears;
beforeEach(() => {
  years = createWorkYears({ storage: createInMemoryStorage(), clock: () => new Date() });
});

test('a year of the package is known, a later one until it is entered is not', async () => {
  expect(await years.year(2026)).toMatchObject({ known: true });
  expect((await years.year(2026)).days).toContainEqual({
    ...{ day: '2026-10-10', working: true, name: '国庆节', entered: false },
  });
  expect(await years.year(2040)).toEqual({ year: 2040, known: false, days: [] });
  const saved = unwrap(await years.save(caller, 2040, [day('2040-10-01', false)]));
  expect(saved).toEqual({
    ...{ year: 2040, known: true },
    days: [{ day: '2040-10-01', working: false, name: '国庆节', entered: true }],
  });
});

test('what is saved takes the place of what was entered for that year, and of no other', async () => {
  unwrap(await years.save(caller, 2040, [day('2040-10-01', false)]));
  unwrap(await years.save(caller, 2041, [day('2041-10-01', false)]));
  unwrap(await years.save(caller, 2040, [day('2040-10-02', false)]));
  expect((await years.year(2040)).days.map((one) => one.day)).toEqual(['2040-10-02']);
  expect((await years.year(2041)).days.map((one) => one.day)).toEqual(['2041-10-01']);
  unwrap(await years.save(caller, 2040, []));
  expect(await years.year(2040)).toMatchObject({ known: false });
});

test('a day of another year, or one twice, changes nothing', async () => {
  unwrap(await years.save(caller, 2040, [day('2040-10-01', false)]));
  const wrong = { error: { code: 'request.invalid', details: { field: 'days' } } };
  expect(await years.save(caller, 2040, [day('2041-10-01', false)])).toMatchObject(wrong);
  const twice = [day('2040-10-02', false), day('2040-10-02', true)];
  expect(await years.save(caller, 2040, twice)).toMatchObject(wrong);
  expect((await years.year(2040)).days.map((one) => one.day)).toEqual(['2040-10-01']);
});
