import { NEEDED_ROSTER_COLUMNS, ROSTER_COLUMNS } from '@gradshot/domain';
import { z } from 'zod';
import { id, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

export const rosterColumn = z.enum(ROSTER_COLUMNS);
const count = z.int().min(0);

/** How a sheet is read; `columns`: what each holds, null for nothing that is taken. */
export const sheetPlan = z.object({
  used: z.boolean(),
  /** First row of the header, and how many rows it has; 0 rows: there is none. */
  headerFrom: z.int().min(0).max(1_048_576),
  headerRows: z.int().min(0).max(2),
  columns: z
    .array(rosterColumn.nullable())
    .max(64)
    .refine((columns) => {
      const taken = columns.filter((column) => column !== null);
      return new Set(taken).size === taken.length;
    }),
});
export type RosterSheetPlan = z.infer<typeof sheetPlan>;

export const rosterSheet = z.object({
  name: z.string(),
  hidden: z.boolean(),
  /** Read like all others. */
  hiddenRows: z.array(z.int()),
  /** Up to the last one that holds anything. */
  rows: count,
  empty: count,
  /** Columns beyond the 64th hold something that was not read. */
  wider: z.boolean(),
  plan: sheetPlan,
  /** Headings with a few values; long numbers are masked. */
  columns: z.array(z.object({ heading: z.string(), samples: z.array(z.string()) })),
  /** Needed columns that are not named; nobody of the sheet is taken until they are. */
  missing: z.array(z.enum(NEEDED_ROSTER_COLUMNS)),
  /** 学号 are numbers of different lengths: zeros at their beginning may be lost. */
  lengthsDiffer: z.boolean(),
  good: count,
  bad: count,
  aside: count,
});
export type RosterSheet = z.infer<typeof rosterSheet>;

export const rosterDraft = z.object({
  draftId: id,
  batchId: id,
  fileName: z.string(),
  state: z.enum(['reading', 'ready', 'importing', 'cancelling', 'imported', 'failed', 'cancelled']),
  /** Of `failed`. */
  failure: z.object({ zh: z.string(), en: z.string() }).optional(),
  /** Rows that were read or written, of how many, once that is known. */
  done: count,
  total: count.optional(),
  sheets: z.array(rosterSheet),
  counts: z.object({
    good: count,
    bad: count,
    aside: count,
    empty: count,
    /** Of the good rows, as the batch stood when they were judged. */
    added: count,
    changed: count,
    unchanged: count,
  }),
  /** Of `imported`. */
  importId: id.optional(),
  expiresAt: timestamp,
});
export type RosterDraft = z.infer<typeof rosterDraft>;

const BATCH = '/v1/console/batches/:batchId/roster';
const DRAFT = '/v1/console/roster-drafts/:draftId';
const ofDraft = {
  callers: ['staff'],
  right: 'keepRosters',
  school: 'global',
  params: z.object({ draftId: id }),
} as const;
const ofBatch = {
  callers: ['staff'],
  right: 'keepRosters',
  school: 'ofBatch',
  params: z.object({ batchId: id }),
} as const;

/**
 * Reads every sheet beside all other requests: ask `getRosterDraft` how far it is. Nothing is written to
 * the roster. What was uploaded is kept sealed, for a day.
 */
export const uploadRoster = defineRoute({
  ...ofBatch,
  id: 'uploadRoster',
  method: 'POST',
  path: `${BATCH}/drafts`,
  summary:
    'Upload a roster (.xlsx, .xls, .xlsb, .ods, .csv) to look at it and to import it in steps',
  query: z.object({ fileName: z.string().trim().max(200).default('') }),
  upload: 'bytes',
  response: rosterDraft,
  status: 202,
  errors: ['request.notFound', 'request.tooLarge'],
});

export const getRosterDraft = defineRoute({
  ...ofDraft,
  id: 'getRosterDraft',
  method: 'GET',
  path: DRAFT,
  summary: 'How far an uploaded roster is, its sheets and what was found',
  response: rosterDraft,
  errors: ['roster.draftGone'],
});

/** One plan for each sheet. What differs from the headings' usual meaning is remembered for the school. */
export const planRosterDraft = defineRoute({
  ...ofDraft,
  id: 'planRosterDraft',
  method: 'PUT',
  path: `${DRAFT}/plans`,
  summary: 'Say by hand which sheets are read, where their headers are and what their columns hold',
  body: z.object({ plans: z.array(sheetPlan).max(1000) }),
  response: rosterDraft,
  status: 202,
  errors: ['roster.draftGone', 'roster.draftBusy'],
});

const fields = z.partialRecord(rosterColumn, z.string());

export const rosterDraftRow = z.object({
  /** Its place among all rows of the file, from 0. */
  at: count,
  sheet: z.string(),
  row: z.int(),
  hidden: z.boolean(),
  kind: z.enum(['good', 'bad', 'aside']),
  /** As it would be kept; names and numbers are masked but in rows that have to be mended. */
  fields,
  faults: z.array(z.object({ column: rosterColumn, zh: z.string(), en: z.string() })),
  /** Somebody has written something else than the file. */
  edited: z.boolean(),
  reason: z
    .enum([
      'sheetLeftOut',
      'noHeader',
      'aboveHeader',
      'header',
      'tail',
      'nobody',
      'leftOut',
      'repeated',
    ])
    .optional(),
  /** The row that stands for this one. */
  same: z.object({ sheet: z.string(), row: z.int() }).optional(),
  /** What a row holds that was set aside; long numbers are masked. */
  text: z.string().optional(),
});
export type RosterDraftRow = z.infer<typeof rosterDraftRow>;

export const listRosterDraftRows = defineRoute({
  ...ofDraft,
  id: 'listRosterDraftRows',
  method: 'GET',
  path: `${DRAFT}/rows`,
  summary: 'Rows of an uploaded roster with what is wrong in them',
  query: z.object({
    kind: z.enum(['good', 'bad', 'aside']),
    page: z.coerce.number().int().min(1).max(20_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({ rows: z.array(rosterDraftRow), total: count }),
  errors: ['roster.draftGone'],
});

/** All rows are judged anew with it: a number that is mended may be somebody else's. */
export const editRosterDraft = defineRoute({
  ...ofDraft,
  id: 'editRosterDraft',
  method: 'PUT',
  path: `${DRAFT}/rows`,
  summary: 'Correct fields of rows in place, or leave rows out',
  body: z.object({
    edits: z
      .array(
        z.object({
          at: count,
          fields: z.partialRecord(rosterColumn, z.string().trim().max(200)).optional(),
          leftOut: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(100),
  }),
  response: rosterDraft,
  status: 202,
  errors: ['roster.draftGone', 'roster.draftBusy'],
});

/** Full numbers leave: each download is written down. */
export const downloadBadRows = defineRoute({
  ...ofDraft,
  id: 'downloadBadRows',
  method: 'GET',
  path: `${DRAFT}/bad-rows`,
  summary: 'The rows that cannot be taken, in their own columns, with what is wrong (XLSX)',
  response: z.unknown(),
  file: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  errors: ['roster.draftGone', 'roster.draftBusy'],
});

/** The good rows; bad ones stay out. Asked again it is the same import. */
export const importRosterDraft = defineRoute({
  ...ofDraft,
  id: 'importRosterDraft',
  method: 'POST',
  path: `${DRAFT}/import`,
  summary: 'Import the rows that are right',
  response: rosterDraft,
  status: 202,
  errors: ['roster.draftGone', 'roster.draftBusy', 'roster.busy'],
});

/** What an import has written by then is taken back. */
export const cancelRosterDraft = defineRoute({
  ...ofDraft,
  id: 'cancelRosterDraft',
  method: 'DELETE',
  path: DRAFT,
  summary: 'Stop reading or importing, and forget what was uploaded',
  response: rosterDraft,
  errors: ['roster.draftGone'],
});

const keptPerson = z.object({
  maskedName: z.string(),
  studentNumber: z.string(),
  /** Why the person stayed as it was. */
  reason: z.enum(['order', 'changed', 'number', 'there']),
});
export type KeptPerson = z.infer<typeof keptPerson>;

export const rosterImport = z.object({
  importId: id,
  fileName: z.string(),
  at: timestamp,
  by: z.string(),
  state: z.enum(['done', 'undoing', 'undone']),
  added: count,
  changed: count,
  unchanged: count,
  bad: count,
  aside: count,
  /** Rows whose number somebody else got in the meantime. */
  refused: count,
  undoneAt: timestamp.optional(),
  undoneBy: z.string().optional(),
  kept: count,
});
export type RosterImportView = z.infer<typeof rosterImport>;

export const listRosterImports = defineRoute({
  ...ofBatch,
  id: 'listRosterImports',
  method: 'GET',
  path: `${BATCH}/imports`,
  summary: 'Imports into a batch, the newest first',
  response: z.object({ imports: z.array(rosterImport) }),
  errors: ['request.notFound'],
});

/** Whoever has an order since, or was changed since, stays and is named. */
export const undoRosterImport = defineRoute({
  id: 'undoRosterImport',
  method: 'POST',
  path: '/v1/console/roster-imports/:importId/undo',
  summary: 'Undo an import: what it added goes, what it changed goes back',
  callers: ['staff'],
  right: 'keepRosters',
  school: 'global',
  params: z.object({ importId: id }),
  response: z.object({
    removed: count,
    restored: count,
    kept: count,
    /** The first of those who stay. */
    people: z.array(keptPerson),
  }),
  errors: ['request.notFound', 'roster.busy'],
});

const chosen = z.array(id).min(1).max(500);
const changed = z.object({ done: count, people: z.array(keptPerson) });

export const removeFromRoster = defineRoute({
  ...ofBatch,
  id: 'removeFromRoster',
  method: 'POST',
  path: `${BATCH}/remove`,
  summary: 'Take people off a roster; whoever has an order stays and is named',
  body: z.object({ entryIds: chosen }),
  response: changed,
  errors: ['request.notFound'],
});

export const moveInRoster = defineRoute({
  ...ofBatch,
  id: 'moveInRoster',
  method: 'POST',
  path: `${BATCH}/move`,
  summary: 'Move people to another batch of their school; whoever has an order or is there stays',
  body: z.object({ entryIds: chosen, toBatchId: id }),
  response: changed,
  errors: ['request.notFound', 'roster.otherSchool'],
});
