import { z } from 'zod';
import { offlineAnnouncement } from './offline-collection.ts';
import { fen, id, orderState, refusalReason, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';
import { keyEscrow } from './sealed-photos.ts';

export const enrolStation = defineRoute({
  id: 'enrolStation',
  method: 'POST',
  path: '/v1/stations/enrol',
  summary: 'Exchange a one-time enrolment code for a device key (shown once, stored hashed)',
  callers: ['public'],
  body: z.object({
    code: z.string().min(6).max(64),
    name: z.string().min(1).max(60),
    /** Made by the station at its first start; enrolling again from it replaces the old key. */
    installationId: id,
  }),
  response: z.object({
    stationId: id,
    /** Send as `Authorization: Station <stationId>:<deviceKey>`. */
    deviceKey: z.string(),
    school: z.string(),
  }),
  status: 201,
  errors: ['station.enrolmentCodeInvalid'],
});

export const stationSettings = z.object({
  stationId: id,
  stationName: z.string(),
  school: z.string(),
  /** Sample mode: simulators stand for 学信网 and WeChat; the screen says 演示. */
  sample: z.boolean(),
  batches: z.array(
    z.object({
      batchId: id,
      name: z.string(),
      priceFen: fen,
      profileId: z.string(),
      /** As in an order's summary. */
      profileVersion: z.int().positive().optional(),
    }),
  ),
  customerService: z.object({
    phone: z.string(),
    hours: z.string(),
    faq: z.array(
      z.object({
        questionZh: z.string(),
        answerZh: z.string(),
        questionEn: z.string(),
        answerEn: z.string(),
      }),
    ),
  }),
  /** What its staff may do, `StationRight`s; servers from before tell none. */
  rights: z.array(z.string().max(40)).optional(),
  /** Where new graduates may start without the server. */
  offline: offlineAnnouncement.optional(),
  /** Servers from before tell none. */
  keyEscrow: keyEscrow.optional(),
});
export type StationSettings = z.infer<typeof stationSettings>;

export const getStationSettings = defineRoute({
  id: 'getStationSettings',
  method: 'GET',
  path: '/v1/station/settings',
  summary: 'School, batches, prices and customer service of the calling station',
  callers: ['station'],
  response: stationSettings,
  errors: ['station.notEnrolled'],
});

/** Changes of the school's orders after a checkpoint, oldest first. */
export const pullChanges = defineRoute({
  id: 'pullChanges',
  method: 'GET',
  path: '/v1/station/changes',
  summary: 'Pull order changes after a checkpoint (0 at first)',
  callers: ['station'],
  query: z.object({
    after: z.coerce.number().int().min(0),
    limit: z.coerce.number().int().min(1).max(500).default(200),
  }),
  response: z.object({
    changes: z.array(
      z.object({
        sequence: z.int(),
        orderId: id,
        state: orderState,
        photoId: id.optional(),
        reasons: z.array(refusalReason),
        at: timestamp,
      }),
    ),
    /** Pass as `after` next time. */
    checkpoint: z.int(),
    more: z.boolean(),
  }),
  errors: ['station.notEnrolled'],
});

export const stationHeartbeat = defineRoute({
  id: 'stationHeartbeat',
  method: 'POST',
  path: '/v1/station/heartbeat',
  summary: 'The station is alive; tells the server its version, queue length and free disk',
  callers: ['station'],
  body: z.object({
    version: z.string().max(40),
    outboxLength: z.int().min(0),
    parked: z.int().min(0),
    freeBytes: z.number().min(0).optional(),
    provider: z.string().max(20).optional(),
  }),
  response: z.object({ serverTime: timestamp }),
  errors: ['station.notEnrolled'],
});
