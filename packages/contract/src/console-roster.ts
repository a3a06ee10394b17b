import { z } from 'zod';
import { offlinePayer } from './offline-collection.ts';
import { id, orderState, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** How far a person of a roster has come. */
export const ROSTER_PROGRESS = [
  'unstarted',
  'unpaid',
  'paid',
  'rejected',
  'photographed',
  'approved',
] as const;
export const rosterProgress = z.enum(ROSTER_PROGRESS);
export type RosterProgress = z.infer<typeof rosterProgress>;

/** Who still has to do something: what campus staff go after. */
export const UNDONE_PROGRESS: readonly RosterProgress[] = [
  'unstarted',
  'unpaid',
  'paid',
  'rejected',
];

const params = z.object({ batchId: id });

const cosine = z.number().min(-1).max(1);
/**
 * Scores below `mismatchBelow` are a mismatch, those from `similarFrom` on similar, others unclear.
 * Cosine of two embeddings, as the calibration command of the imaging engine prints them.
 */
export const identityBands = z
  .object({ mismatchBelow: cosine, similarFrom: cosine })
  .refine(({ mismatchBelow, similarFrom }) => mismatchBelow <= similarFrom);
export type IdentityBands = z.infer<typeof identityBands>;

export const rosterPerson = z.object({
  entryId: id,
  maskedName: z.string(),
  maskedIdNumber: z.string(),
  /** 学号, by which campus staff know the person. */
  studentNumber: z.string(),
  college: z.string().optional(),
  major: z.string().optional(),
  className: z.string().optional(),
  progress: rosterProgress,
  orderId: id.optional(),
  orderState: orderState.optional(),
  hasPhoto: z.boolean(),
});
export type RosterPerson = z.infer<typeof rosterPerson>;

export const listRoster = defineRoute({
  id: 'listRoster',
  method: 'GET',
  path: '/v1/console/batches/:batchId/roster',
  summary: 'People of a batch’s roster and how far each has come',
  callers: ['staff'],
  right: 'seeRosters',
  school: 'ofBatch',
  params,
  query: z.object({
    className: z.string().trim().max(80).optional(),
    progress: rosterProgress.optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    people: z.array(rosterPerson),
    /** Of those asked for. */
    total: z.int().min(0),
    /** Of the class asked for, or of the whole roster; every step is there. */
    counts: z.array(z.object({ progress: rosterProgress, count: z.int().min(0) })),
    photos: z.int().min(0),
    /** Absent: the engine's own, until somebody has calibrated this roster. */
    identityBands: identityBands.optional(),
    /** Absent: 离线采集 is switched off. */
    offlinePayer: offlinePayer.optional(),
    classes: z.array(z.string()),
  }),
  errors: ['request.notFound'],
});

/** 学号, masked name, college, class and step; no ID number leaves. Each export is written down. */
export const exportRoster = defineRoute({
  id: 'exportRoster',
  method: 'GET',
  path: '/v1/console/batches/:batchId/roster/undone',
  summary: 'Who of the roster is not done yet, as CSV (UTF-8 with a mark) for campus staff',
  callers: ['staff'],
  right: 'keepRosters',
  school: 'ofBatch',
  params,
  query: z.object({ className: z.string().trim().max(80).optional() }),
  response: z.unknown(),
  file: 'text/csv',
  errors: ['request.notFound'],
});

export const rosterPhotosResult = z.object({
  /** Pictures in the archive. */
  total: z.int(),
  added: z.int(),
  /** In place of another picture of the same person. */
  replaced: z.int(),
  unchanged: z.int(),
  errors: z.array(z.object({ file: z.string(), zh: z.string(), en: z.string() })),
  /** People of the roster who have a picture afterwards. */
  withPhoto: z.int(),
  people: z.int(),
  imported: z.boolean(),
});
export type RosterPhotosResult = z.infer<typeof rosterPhotosResult>;

/** One archive; a roster may come in several. */
export const MAX_ROSTER_PHOTOS_BYTES = 60 * 1024 * 1024;

/**
 * Reference photos (admission photos) in a ZIP, each file named by 学号, 考生号 or 证件号. Files that do not
 * fit are named and left out; the others are taken. `dryRun` only checks.
 */
export const importRosterPhotos = defineRoute({
  id: 'importRosterPhotos',
  method: 'POST',
  path: '/v1/console/batches/:batchId/roster/photos',
  summary: 'Import reference photos of a roster from a ZIP, with the errors of each file',
  callers: ['staff'],
  right: 'keepRosters',
  school: 'ofBatch',
  params,
  query: z.object({ dryRun: z.enum(['true', 'false']).default('true') }),
  upload: 'bytes',
  response: rosterPhotosResult,
  errors: ['request.notFound', 'request.tooLarge', 'roster.archiveUnreadable'],
});

/** Photos that wait for a reviewer are compared anew. Null: the engine's own bands again. */
export const saveIdentityBands = defineRoute({
  id: 'saveIdentityBands',
  method: 'PUT',
  path: '/v1/console/batches/:batchId/roster/identity-bands',
  summary: 'Where the bands of the advisory face comparison lie for the people of a roster',
  callers: ['staff'],
  right: 'keepComparison',
  school: 'ofBatch',
  params,
  body: z.object({ bands: identityBands.nullable() }),
  response: z.object({ identityBands: identityBands.optional() }),
  errors: ['request.notFound'],
});

/** Who did what with a roster, the newest first. */
export const listRosterLog = defineRoute({
  id: 'listRosterLog',
  method: 'GET',
  path: '/v1/console/batches/:batchId/roster/log',
  summary: 'Imports and exports of a roster',
  callers: ['staff'],
  right: 'readLogs',
  school: 'ofBatch',
  params,
  response: z.object({
    acts: z.array(
      z.object({
        at: timestamp,
        by: z.string(),
        act: z.enum([
          'importRoster',
          'importPhotos',
          'exportUndone',
          'setIdentityBands',
          'setOfflineCollection',
          'undoImport',
          'removePeople',
          'movePeople',
          'exportBadRows',
        ]),
        count: z.int(),
      }),
    ),
  }),
  errors: ['request.notFound'],
});
