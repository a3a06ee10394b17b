import { z } from 'zod';
import { id, orderState, personId } from './primitives.ts';
import { defineRoute } from './route.ts';

/** More are not told: whoever searches writes more of it. */
export const MAX_ROSTER_ANSWERS = 20;

const foundPerson = z.object({
  entryId: id,
  /** Servers from before tell none. */
  personId: personId.optional(),
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

/** A class as the roster of a batch names it; either name may be empty. */
const classOfRoster = z.object({
  batchId: id,
  college: z.string().max(200),
  className: z.string().max(200),
});

/** More do not come to one lane at a time; a college that is larger is taken class by class. */
export const MAX_CLASS_PEOPLE = 200;

export const MAX_CLASSES = 2000;

/** For 按名单拍摄. Names nobody. */
export const listStationClasses = defineRoute({
  id: 'listStationClasses',
  method: 'GET',
  path: '/v1/station/roster/classes',
  summary: 'The classes of the station’s school in the rosters of its open batches',
  callers: ['station'],
  response: z.object({
    classes: z
      .array(classOfRoster.extend({ batchName: z.string(), people: z.int().positive() }))
      .max(MAX_CLASSES),
  }),
  errors: [],
});

const classPerson = foundPerson.omit({ college: true, className: true }).extend({
  personId,
  /** The order that the person has in the batch, where there is one. */
  order: z.object({ orderId: id, state: orderState }).optional(),
});

/** By staff at the desk, for 按名单拍摄. Each look is written down, without whose class it was. */
export const openStationClass = defineRoute({
  id: 'openStationClass',
  method: 'POST',
  path: '/v1/station/roster/class',
  summary: 'The people of one class in the order of the roster, masked, with how far each one is',
  callers: ['station'],
  body: classOfRoster,
  response: z.object({
    people: z.array(classPerson).max(MAX_CLASS_PEOPLE),
    /** There are others beside these. */
    more: z.boolean(),
  }),
  errors: ['request.notFound'],
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
