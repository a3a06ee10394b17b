import { OFFLINE_PAYERS } from '@gradshot/domain';
import { z } from 'zod';
import { codePayload, orderSummary, student } from './eligibility.ts';
import { getService } from './orders.ts';
import { fen, id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/**
 * 离线采集: what a station keeps so that new graduates can start without a network, and how the server
 * decides about them afterwards.
 */

export const offlinePayer = z.enum(OFFLINE_PAYERS);

/** Told with the station's settings where the school allows it. */
export const offlineAnnouncement = z.object({
  /** Of the roster as it is now: with the one that the station has, nothing is to be fetched. */
  rosterVersion: z.string().min(1).max(64),
});

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Somebody of the roster, with what finds and tells apart, and no more. */
export const offlinePerson = z.object({
  entryId: id,
  batchId: id,
  maskedName: z.string(),
  /** Without its last four. */
  maskedIdNumber: z.string(),
  studentNumberEnd: z.string(),
  college: z.string().optional(),
  className: z.string().optional(),
  /** Digests of 学号, 考生号 and name, each whole, under the roster's key. */
  finders: z.array(digest).min(1).max(3),
  /** Digest of entry and last four. */
  lastFour: digest,
});
export type OfflinePerson = z.infer<typeof offlinePerson>;

export const offlineBatch = z.object({
  batchId: id,
  name: z.string(),
  priceFen: fen,
  profileId: z.string(),
  profileVersion: z.int().positive().optional(),
  payer: offlinePayer,
  closesAt: timestamp,
});
export type OfflineBatch = z.infer<typeof offlineBatch>;

export const MAX_OFFLINE_PAGE = 500;

/** Each read is written down with its station. */
export const readOfflineRoster = defineRoute({
  id: 'readOfflineRoster',
  method: 'GET',
  path: '/v1/station/offline-roster',
  summary: 'A page of the roster by which the calling station takes new graduates offline',
  callers: ['station'],
  query: z.object({
    /** `next` of the page before; absent for the first one. */
    after: id.optional(),
    limit: z.coerce.number().int().min(1).max(MAX_OFFLINE_PAGE).default(MAX_OFFLINE_PAGE),
  }),
  response: z.object({
    /** With another one than the page before, begin anew. */
    version: z.string().min(1).max(64),
    /** Of the digests, in this version. */
    key: z.string().regex(/^[0-9a-f]{64}$/),
    school: z.string(),
    batches: z.array(offlineBatch),
    service: getService.response.omit({ priceFen: true }),
    people: z.array(offlinePerson).max(MAX_OFFLINE_PAGE),
    next: id.optional(),
  }),
  errors: ['station.notEnrolled', 'offline.switchedOff'],
});

/** What the station keeps of a visit until it is confirmed, sealed; in the label of its photo too. */
export const offlineVisit = z.object({
  code: codePayload,
  entryId: id,
  lastFour: z.string().regex(/^[0-9A-Z]{4}$/),
  maskedName: z.string().max(100),
  consents: z
    .array(z.object({ kind: z.enum(['service', 'faceProcessing']), version: z.string().max(40) }))
    .min(1)
    .max(2),
  /** By the station's clock. */
  consentedAt: timestamp,
});
export type OfflineVisit = z.infer<typeof offlineVisit>;

/**
 * The server's word about a visit that was begun offline: whose the code is, that the roster's person is the
 * same, and the order. Repeating it tells how the order stands now; a refused one may be
 * sent again with another code. What is `unpaid` takes the photo once it is paid.
 */
export const confirmOfflineVisit = defineRoute({
  id: 'confirmOfflineVisit',
  method: 'PUT',
  path: '/v1/station/offline-visits/:visitId',
  summary: 'Confirm a visit that was begun offline; answers its order',
  callers: ['station'],
  params: z.object({ visitId: id }),
  body: offlineVisit.extend({ photoId: id }),
  response: z.object({
    standing: z.enum(['takes', 'unpaid']),
    order: orderSummary,
    student,
  }),
  errors: [
    'code.notCollectionCode',
    'code.unknown',
    'code.expired',
    'code.gatewayUnavailable',
    'eligibility.noBatch',
    'eligibility.otherSchool',
    'eligibility.lastFourWrong',
    'eligibility.locked',
    'offline.notInRoster',
    'offline.otherPerson',
    'offline.photographed',
    'offline.orderEnded',
    'request.idempotencyMismatch',
    'consent.required',
    'payment.providerUnavailable',
    'payment.amountMismatch',
  ],
});

/** Null: switched off, and stations throw their rosters away. Each change stands in the roster's log. */
export const saveOfflineCollection = defineRoute({
  id: 'saveOfflineCollection',
  method: 'PUT',
  path: '/v1/console/batches/:batchId/roster/offline-collection',
  summary: '离线采集 of a batch: off, or on with who pays',
  callers: ['staff'],
  right: 'keepRosters',
  school: 'ofBatch',
  params: z.object({ batchId: id }),
  body: z.object({ payer: offlinePayer.nullable() }),
  response: z.object({ offlinePayer: offlinePayer.optional() }),
  errors: ['request.notFound'],
});
