import { z } from 'zod';
import { id } from './primitives.ts';
import { defineRoute } from './route.ts';

/** More are not told: whoever searches writes more of it. */
export const MAX_ROSTER_ANSWERS = 20;

const foundPerson = z.object({
  entryId: id,
  maskedName: z.string(),
  /** The last four characters of the 学号, to tell people of one name apart. */
  studentNumberEnd: z.string(),
  college: z.string().optional(),
  className: z.string().optional(),
});
export type FoundPerson = z.infer<typeof foundPerson>;

/** By staff at the desk, to check somebody in. Each search is written down, without what was searched. */
export const searchStationRoster = defineRoute({
  id: 'searchStationRoster',
  method: 'POST',
  path: '/v1/station/roster/search',
  summary: 'Find people of the station’s school in the rosters of its open batches',
  callers: ['station'],
  body: z.object({
    text: z
      .string()
      .trim()
      .min(2)
      .max(40)
      .describe('A whole 学号 or 考生号, or a name from its first two characters on'),
  }),
  response: z.object({
    people: z.array(foundPerson).max(MAX_ROSTER_ANSWERS),
    /** There are others beside these. */
    more: z.boolean(),
  }),
  errors: [],
});

/** Whether the 采集码 of somebody who was found there is theirs. Opens nothing. */
export const confirmRosterPerson = defineRoute({
  id: 'confirmRosterPerson',
  method: 'POST',
  path: '/v1/station/roster/confirm',
  summary: 'Whether a ticket’s student is that person of the roster',
  callers: ['station'],
  body: z.object({ ticket: z.string().min(1).max(512), entryId: id }),
  response: z.object({ same: z.boolean() }),
  errors: ['eligibility.ticketExpired'],
});
