import { z } from 'zod';
import { defineRoute } from './route.ts';

const specialDay = z.object({
  day: z.iso.date().describe('In Beijing'),
  working: z.boolean().describe('True: 调休, a week-end that is worked; false: 放假'),
  name: z.string().trim().min(1).max(40),
});

/** A year of the calendar that the promise of two working days is counted by. */
export const workYear = z.object({
  year: z.int(),
  /** False: no notice is known for it, and only week-ends do not count. */
  known: z.boolean(),
  days: z.array(specialDay.extend({ entered: z.boolean() })),
});
export type WorkYear = z.infer<typeof workYear>;

const params = z.object({ year: z.coerce.number().int().min(2020).max(2100) });

export const getWorkYear = defineRoute({
  id: 'getWorkYear',
  method: 'GET',
  path: '/v1/console/calendar/:year',
  summary: 'Public holidays and worked week-ends of a year: published ones, and those entered',
  callers: ['staff'],
  right: 'keepSchools',
  school: 'global',
  params,
  response: workYear,
  errors: [],
});

export const saveWorkYear = defineRoute({
  id: 'saveWorkYear',
  method: 'PUT',
  path: '/v1/console/calendar/:year',
  summary: 'Enter a year’s notice; in place of what was entered for it. Promises given stay',
  callers: ['staff'],
  right: 'keepSchools',
  school: 'global',
  params,
  body: z.object({ days: z.array(specialDay).max(120) }),
  response: workYear,
  errors: ['request.invalid'],
});
