import { CLOSED_ORDER_CODES, MAX_NAMING_LENGTH } from '@gradshot/domain';
import { z } from 'zod';
import { imageCheck, orderDetail, orderParams } from './orders.ts';
import { id, sha256, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** More in one batch nobody checks any more. */
export const MAX_EXPORT_PHOTOS = 20_000;
export const MAX_RECEIPT_BYTES = 5 * 1024 * 1024;

/**
 * `asked` waits for a second person; `making`: orders become 上网中 and files are written; `made`: to be
 * downloaded or sent; `cancelling`: orders are given back.
 */
export const EXPORT_STATES = [
  'asked',
  'declined',
  'making',
  'made',
  'cancelling',
  'cancelled',
] as const;
export const exportState = z.enum(EXPORT_STATES);
export type ExportState = z.infer<typeof exportState>;

/**
 * `waiting`: chosen; `publishing`: in the files and 上网中; `dropped`: could not go along any more when
 * the batch was made; `givenBack`: the batch was cancelled.
 */
export const EXPORT_ITEM_STATES = [
  'waiting',
  'publishing',
  'accepted',
  'refused',
  'dropped',
  'givenBack',
] as const;
export const exportItemState = z.enum(EXPORT_ITEM_STATES);

export const EXPORT_ACTS = [
  'ask',
  'approve',
  'decline',
  'make',
  'askAgain',
  'cancel',
  'look',
  'download',
  'receipt',
  'expire',
] as const;

const naming = z.string().trim().min(1).max(MAX_NAMING_LENGTH);

/** Which approved photos go along, how they are named, and how the archives are cut. */
export const exportSelection = z.object({
  schoolCode: z.string().min(1).max(20),
  batchId: id.optional(),
  /** 层次, e.g. 本科. */
  level: z.string().trim().min(1).max(20).optional(),
  approvedSince: timestamp.optional(),
  naming,
});

const limits = z.object({
  maxPartMb: z.int().min(1).max(2000).default(200),
  maxPartPhotos: z.int().min(1).max(MAX_EXPORT_PHOTOS).default(5000),
});

const counts = z.object({
  total: z.int(),
  publishing: z.int(),
  accepted: z.int(),
  refused: z.int(),
  dropped: z.int(),
});

export const exportBatch = z.object({
  exportId: id,
  /** By which people speak of it. */
  number: z.int(),
  school: z.string(),
  /** The graduation batch; absent: all of the school. */
  batchName: z.string().optional(),
  level: z.string().optional(),
  approvedSince: timestamp.optional(),
  naming: z.string(),
  state: exportState,
  /** Files that were deleted in time are made again, by the same two people’s rule. */
  again: z.boolean(),
  note: z.string(),
  askedBy: z.string(),
  askedById: id,
  askedAt: timestamp,
  approvedBy: z.string().optional(),
  madeAt: timestamp.optional(),
  downloadedAt: timestamp.optional(),
  /** The files are deleted then. */
  filesUntil: timestamp.optional(),
  counts,
  /** 0 to 1 while it is made or given back. */
  progress: z.number().min(0).max(1),
  /** Why the last try stopped; it is tried again by itself. */
  trouble: z.boolean(),
});
export type ExportBatch = z.infer<typeof exportBatch>;

const rowTrouble = z.object({
  orderId: id,
  orderNo: z.string(),
  maskedName: z.string(),
  zh: z.string(),
  en: z.string(),
});

export const previewExport = defineRoute({
  id: 'previewExport',
  method: 'POST',
  path: '/v1/console/exports/preview',
  summary: 'What a batch of this selection would hold, and what is left out and why',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  body: exportSelection.extend(limits.shape),
  response: z.object({
    count: z.int(),
    bytes: z.int(),
    parts: z.int(),
    leftOut: z.array(
      z.object({
        why: z.enum(['inBatch', 'withdrawing', 'erased', 'fieldMissing', 'nameUnusable']),
        count: z.int(),
      }),
    ),
    /** Photos whose names are the same; with one of them nothing can be asked for. */
    doubled: z.int(),
    /** The rows of what is left out or doubled, some hundred of them. */
    rows: z.array(rowTrouble),
  }),
  errors: ['request.notFound', 'publishing.namingInvalid', 'publishing.tooMany'],
});

export const getExportSettings = defineRoute({
  id: 'getExportSettings',
  method: 'GET',
  path: '/v1/console/schools/:schoolCode/export-settings',
  summary: 'How the last batch of a school was named and cut',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: z.object({ schoolCode: z.string().min(1).max(20) }),
  response: limits.extend({ naming }),
  errors: ['request.notFound'],
});

const exportParams = z.object({ exportId: id });

/** The same id again is the same batch. */
export const askExport = defineRoute({
  id: 'askExport',
  method: 'PUT',
  path: '/v1/console/exports/:exportId',
  summary: 'Ask for an export batch; another member of staff approves it before it is made',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  body: exportSelection.extend({ ...limits.shape, note: z.string().trim().max(200).default('') }),
  response: exportBatch,
  errors: [
    'request.notFound',
    'request.idempotencyMismatch',
    'publishing.namingInvalid',
    'publishing.tooMany',
    'publishing.nothingToExport',
    'publishing.namesDoubled',
    'publishing.photosTaken',
  ],
});

export const listExports = defineRoute({
  id: 'listExports',
  method: 'GET',
  path: '/v1/console/exports',
  summary: 'Export batches, the newest first',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  query: z.object({
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    exports: z.array(exportBatch),
    total: z.int(),
    /** Of those selected, waiting for a second person. */
    asked: z.int(),
    /** Approved photos that are in no batch. */
    unexported: z.int(),
  }),
  errors: [],
});

export const getExport = defineRoute({
  id: 'getExport',
  method: 'GET',
  path: '/v1/console/exports/:exportId',
  summary: 'One export batch with its files, receipts and everything done about it',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  response: z.object({
    batch: exportBatch,
    files: z.array(
      z.object({
        name: z.string(),
        bytes: z.int(),
        sha256,
        photos: z.int(),
        /** Deleted in time. */
        gone: z.boolean(),
      }),
    ),
    receipts: z.array(
      z.object({
        receivedAt: timestamp,
        importedAt: timestamp,
        /** Empty: the interface of the portal. */
        by: z.string(),
        rows: z.int(),
        /** Rows that were carried out so far. */
        applied: z.int(),
      }),
    ),
    acts: z.array(
      z.object({
        at: timestamp,
        /** Empty: the server. */
        by: z.string(),
        act: z.enum(EXPORT_ACTS),
        count: z.int(),
        note: z.string(),
      }),
    ),
  }),
  errors: ['request.notFound'],
});

/** Every look is written down with its count. */
export const listExportItems = defineRoute({
  id: 'listExportItems',
  method: 'GET',
  path: '/v1/console/exports/:exportId/items',
  summary: 'The photos of a batch and what became of each',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  query: z.object({
    state: exportItemState.optional(),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(100).default(20),
  }),
  response: z.object({
    items: z.array(
      z.object({
        position: z.int(),
        orderId: id,
        orderNo: z.string(),
        maskedName: z.string(),
        state: exportItemState,
        part: z.int().optional(),
        outcomeAt: timestamp.optional(),
        reason: z.string().optional(),
      }),
    ),
    total: z.int(),
  }),
  errors: ['request.notFound'],
});

export const approveExport = defineRoute({
  id: 'approveExport',
  method: 'POST',
  path: '/v1/console/exports/:exportId/approve',
  summary: 'Agree to another one’s batch, which is then made; repeating it is success',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  response: exportBatch,
  errors: ['request.notFound', 'staff.ownRequest', 'publishing.wrongState'],
});

const withReason = z.object({ reason: z.string().trim().min(1).max(200) });

export const declineExport = defineRoute({
  id: 'declineExport',
  method: 'POST',
  path: '/v1/console/exports/:exportId/decline',
  summary: 'Refuse a batch that was asked for; its photos are free again',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  body: withReason,
  response: exportBatch,
  errors: ['request.notFound', 'publishing.wrongState'],
});

export const cancelExport = defineRoute({
  id: 'cancelExport',
  method: 'POST',
  path: '/v1/console/exports/:exportId/cancel',
  summary: 'Cancel a batch that nobody has downloaded; its orders are 采集完成 again',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  body: withReason,
  response: exportBatch,
  errors: ['request.notFound', 'publishing.wrongState', 'publishing.downloaded'],
});

export const askExportAgain = defineRoute({
  id: 'askExportAgain',
  method: 'POST',
  path: '/v1/console/exports/:exportId/again',
  summary: 'Ask for the files of a batch once more, the same byte for byte',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  response: exportBatch,
  errors: ['request.notFound', 'publishing.wrongState'],
});

/** Written down before the first byte leaves. */
export const downloadExport = defineRoute({
  id: 'downloadExport',
  method: 'GET',
  path: '/v1/console/exports/:exportId/files/:name',
  summary: 'One file of a batch: an archive, the manifest or the checksums',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams.extend({ name: z.string().min(1).max(120) }),
  response: z.unknown(),
  file: 'application/octet-stream',
  errors: [
    'request.notFound',
    'publishing.wrongState',
    'publishing.filesGone',
    'publishing.downloaded',
  ],
});

export const RECEIPT_ROW_KINDS = [
  'unknown',
  'doubled',
  'contradictory',
  'noOutcome',
  'notInFiles',
  'goneOn',
  'changed',
  'older',
] as const;

export const receiptResult = z.object({
  total: z.int(),
  /** Rows that change something. */
  accepted: z.int(),
  refused: z.int(),
  /** Known already with the same outcome. */
  unchanged: z.int(),
  /** Rows that change nothing, and those that overrule an earlier receipt (`changed`). */
  rows: z.array(
    z.object({
      row: z.int(),
      /** What the row names, all but its end hidden. */
      key: z.string(),
      kind: z.enum(RECEIPT_ROW_KINDS),
      maskedName: z.string().optional(),
    }),
  ),
  /** Rows of that list in all. */
  shown: z.int(),
  imported: z.boolean(),
  /** The same file was imported before; nothing is done again. */
  again: z.boolean(),
});
export type ReceiptResult = z.infer<typeof receiptResult>;

/**
 * 回执 of 学信网 or the agency for one batch. The body is the file (.xlsx, .xls, .csv or .txt); `dryRun`
 * only shows. `receivedAt`: when the receipt was given out: of two about one photo the newer one counts.
 */
export const importReceipt = defineRoute({
  id: 'importReceipt',
  method: 'POST',
  path: '/v1/console/exports/:exportId/receipts',
  summary: 'Import a receipt: which photos were taken, which were refused and why',
  callers: ['staff'],
  right: 'publish',
  school: 'global',
  params: exportParams,
  query: z.object({
    dryRun: z.enum(['true', 'false']).default('true'),
    receivedAt: timestamp.optional(),
  }),
  upload: 'bytes',
  response: receiptResult,
  errors: [
    'request.notFound',
    'request.tooLarge',
    'publishing.wrongState',
    'publishing.receiptUnreadable',
    'publishing.receiptColumnsMissing',
  ],
});

/** 图像校对: what the graduate says about the photo that 学信网 shows. */
export const recordImageCheck = defineRoute({
  id: 'recordImageCheck',
  method: 'PUT',
  path: '/v1/console/orders/:orderId/image-check',
  summary: 'Record what the graduate found when checking the photo at 学信网',
  callers: ['staff'],
  right: 'chat',
  school: 'ofOrder',
  params: orderParams,
  body: z.object({
    answer: z.enum(['confirmed', 'differs']),
    note: z.string().trim().max(200).default(''),
  }),
  response: imageCheck,
  errors: ['order.notFound', 'publishing.notPublished'],
});

export const WITHDRAWAL_GOALS = ['review', 'retake'] as const;

export const approvalWithdrawal = z.object({
  withdrawalId: id,
  askedBy: z.string(),
  askedById: id,
  askedAt: timestamp,
  reason: z.string(),
  /** Back to the reviewers, or to the graduate for another photo. */
  goal: z.enum(WITHDRAWAL_GOALS),
  state: z.enum(['asked', 'approved', 'declined']),
  decidedBy: z.string().optional(),
  decidedAt: timestamp.optional(),
});
export type ApprovalWithdrawal = z.infer<typeof approvalWithdrawal>;

export const askApprovalWithdrawal = defineRoute({
  id: 'askApprovalWithdrawal',
  method: 'POST',
  path: '/v1/console/orders/:orderId/approval-withdrawals',
  summary: '撤销通过: ask that an approval be withdrawn; another member of staff decides',
  callers: ['staff'],
  right: 'review',
  school: 'ofOrder',
  params: orderParams,
  body: withReason.extend({ goal: z.enum(WITHDRAWAL_GOALS) }),
  response: approvalWithdrawal,
  status: 201,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'publishing.inOpenBatch',
    'approval.withdrawalAsked',
  ],
});

/** The same decision again is success. */
export const decideApprovalWithdrawal = defineRoute({
  id: 'decideApprovalWithdrawal',
  method: 'POST',
  path: '/v1/console/orders/:orderId/approval-withdrawals/:withdrawalId',
  summary: 'Agree to a 撤销通过, or decline it',
  callers: ['staff'],
  right: 'withdrawApprovals',
  school: 'ofOrder',
  params: orderParams.extend({ withdrawalId: id }),
  body: z.object({ approve: z.boolean() }),
  response: orderDetail,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'publishing.inOpenBatch',
    'staff.ownRequest',
    'approval.notAsked',
  ],
});
