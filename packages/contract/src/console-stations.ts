import { STATION_RIGHTS } from '@gradshot/domain';
import { z } from 'zod';
import { id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

const stationAct = z.object({
  at: timestamp,
  act: z.enum(['enrolled', 'disabled', 'enabled', 'granted', 'withdrawn', 'lockLifted']),
  /** Name of the member of staff; absent for what was done at the station itself. */
  staff: z.string().optional(),
  /** Which one was granted or withdrawn. */
  right: z.enum(STATION_RIGHTS).optional(),
  /** Masked name of the student whose lock was lifted. */
  student: z.string().optional(),
  reason: z.string(),
});

/** How often its staff looked somebody up in a roster on a day, and how many people they were shown. */
const rosterLooks = z.object({
  /** In Beijing, `YYYY-MM-DD`. */
  day: z.string(),
  searchedBy: z.enum(['number', 'name', 'class']),
  searches: z.int(),
  found: z.int(),
});

export const consoleStation = z.object({
  stationId: id,
  name: z.string(),
  school: z.string(),
  enrolledAt: timestamp,
  /** Since then its key is refused. */
  disabledAt: timestamp.optional(),
  lastSeenAt: timestamp.optional(),
  /** As it reported last. */
  outboxLength: z.int(),
  parked: z.int(),
  version: z.string(),
  rights: z.array(z.enum(STATION_RIGHTS)),
});
export type ConsoleStation = z.infer<typeof consoleStation>;

export const listStations = defineRoute({
  id: 'listStations',
  method: 'GET',
  path: '/v1/console/stations',
  summary: 'Every station that was ever enrolled',
  callers: ['staff'],
  right: 'seeStations',
  school: 'filtered',
  response: z.object({ stations: z.array(consoleStation) }),
  errors: [],
});

const stationRecord = z.object({
  /** The latest first. */
  history: z.array(stationAct),
  /** As long as that is kept, the latest first. */
  rosterLooks: z.array(rosterLooks),
});
export type StationRecord = z.infer<typeof stationRecord>;

export const getStationRecord = defineRoute({
  id: 'getStationRecord',
  method: 'GET',
  path: '/v1/console/stations/:stationId/record',
  summary: 'What was done about one station and at it',
  callers: ['staff'],
  right: 'readLogs',
  school: 'ofStation',
  params: z.object({ stationId: id }),
  response: stationRecord,
  errors: ['request.notFound'],
});

const change = {
  method: 'POST',
  callers: ['staff'],
  right: 'keepStations',
  school: 'ofStation',
  params: z.object({ stationId: id }),
  body: z.object({ reason: z.string().trim().min(1).max(200) }),
  response: consoleStation,
  errors: ['request.notFound'],
} as const;

/**
 * A stolen or retired machine. It keeps its photos that were not sent; they come once it is allowed
 * or enrolled again. Repeating is success.
 */
export const disableStation = defineRoute({
  ...change,
  id: 'disableStation',
  path: '/v1/console/stations/:stationId/disable',
  summary: '停用: from now on the key of a station is refused',
});

/** For one that was disabled by mistake, or found again. Repeating is success. */
export const enableStation = defineRoute({
  ...change,
  id: 'enableStation',
  path: '/v1/console/stations/:stationId/enable',
  summary: '恢复: the key of a disabled station is taken again',
});

/** Repeating is success and leaves no second entry. */
export const grantStationRight = defineRoute({
  ...change,
  id: 'grantStationRight',
  path: '/v1/console/stations/:stationId/rights',
  summary: 'Grant staff at a station a right, or withdraw it; who did so and why is kept',
  body: change.body.extend({ right: z.enum(STATION_RIGHTS), granted: z.boolean() }),
});
