import { CLOSED_ORDER_CODES } from '@gradshot/domain';
import { z } from 'zod';
import { orderParams } from './orders.ts';
import { MAX_ORIGINAL_BYTES } from './photos.ts';
import { errorCode, id, sha256, standardizationReport, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** Upper bound of one chunk: small enough to be repeated on a poor campus network. */
export const MAX_CHUNK_BYTES = 1024 * 1024;

const photoParams = orderParams.extend({ photoId: id });

/**
 * An original on its way from a phone, in chunks. Every call may be repeated: the answer is the
 * present state, and `offset` says where to go on. An order has few unfinished ones: a new one
 * takes the place of the one that was touched least recently.
 */
export const upload = z.object({
  photoId: id,
  orderId: id,
  size: z.int().min(1).max(MAX_ORIGINAL_BYTES),
  /** Bytes stored so far, from the start. */
  offset: z.int().min(0),
  /** Send chunks of this size; the last one may be shorter. */
  chunkBytes: z.int().min(1).max(MAX_CHUNK_BYTES),
  /** `complete`: digest and picture were checked, the order waits for standardisation. */
  state: z.enum(['receiving', 'complete']),
  /** An upload that is not complete by then is deleted. */
  expiresAt: timestamp,
});
export type Upload = z.infer<typeof upload>;

export const createUpload = defineRoute({
  id: 'createUpload',
  method: 'PUT',
  path: '/v1/orders/:orderId/uploads/:photoId',
  summary: '上传: announce an original; the client chooses photoId once per shot',
  callers: ['graduate'],
  params: photoParams,
  body: z.object({
    /** One that is too large is refused in words, with the limit. */
    size: z.int().min(1),
    sha256,
    type: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/heic']),
    capturedAt: timestamp,
  }),
  response: upload,
  status: 201,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'consent.required',
    'request.idempotencyMismatch',
    'photo.tooLargeBytes',
    'upload.tooMuch',
  ],
});

export const getUpload = defineRoute({
  id: 'getUpload',
  method: 'GET',
  path: '/v1/orders/:orderId/uploads/:photoId',
  summary: 'Where an interrupted upload goes on',
  callers: ['graduate'],
  params: photoParams,
  response: upload,
  errors: ['order.notFound', 'photo.notFound'],
});

/**
 * A chunk that ends at or before the stored offset has arrived already: success, nothing is
 * written. One that starts behind it is refused with the offset to go on from.
 */
export const appendUpload = defineRoute({
  id: 'appendUpload',
  method: 'PUT',
  path: '/v1/orders/:orderId/uploads/:photoId/chunks/:offset',
  summary: 'Append the raw bytes of one chunk that starts at `offset`',
  callers: ['graduate'],
  params: photoParams.extend({ offset: z.coerce.number().int().min(0).max(MAX_ORIGINAL_BYTES) }),
  upload: 'bytes',
  response: upload,
  errors: [
    'order.notFound',
    'photo.notFound',
    'upload.offsetMismatch',
    'upload.tooMuch',
    'request.tooLarge',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
  ],
});

/** A damaged upload starts again from zero under the same photoId. */
export const completeUpload = defineRoute({
  id: 'completeUpload',
  method: 'POST',
  path: '/v1/orders/:orderId/uploads/:photoId/complete',
  summary: 'Check digest and picture; the order then waits for standardisation',
  callers: ['graduate'],
  params: photoParams,
  response: upload,
  errors: [
    'order.notFound',
    'photo.notFound',
    'upload.incomplete',
    'upload.tooMuch',
    'server.busy',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'photo.digestMismatch',
    'photo.notAnImage',
    'photo.heicUnsupported',
    'photo.unreadable',
    'photo.tooManyPixels',
    'photo.tooSmall',
  ],
});

/** Stages of the imaging engine, in its order. */
export const STANDARDIZATION_STAGES = [
  'decode',
  'detect',
  'segment',
  'matte',
  'compose',
  'encode',
  'check',
] as const;

export const standardizationJob = z.object({
  photoId: id,
  orderId: id,
  state: z.enum(['queued', 'running', 'done', 'failed']),
  /** 0–1 over the whole photo. */
  progress: z.number().min(0).max(1),
  stage: z.enum(STANDARDIZATION_STAGES).optional(),
  /** Photos before this one, while queued. */
  ahead: z.int().min(0).optional(),
  /** When `done`. `accepted: false`: the order waits for another photo. */
  report: standardizationReport.optional(),
  /** A standard picture exists, also of a refused photo: it shows what is wrong. */
  standard: z.object({ sha256, bytes: z.int() }).optional(),
  /** When `failed`: the engine, not the photo; starting again is allowed. */
  error: errorCode.optional(),
});
export type StandardizationJob = z.infer<typeof standardizationJob>;

/** A job that runs or is done is returned as it is; a failed one starts again. */
export const startStandardization = defineRoute({
  id: 'startStandardization',
  method: 'POST',
  path: '/v1/orders/:orderId/photos/:photoId/standardization',
  summary: '照片标准化: queue the job (or return the one there is)',
  callers: ['graduate'],
  params: photoParams,
  response: standardizationJob,
  status: 202,
  errors: [
    'order.notFound',
    'photo.notFound',
    'photo.erased',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
  ],
});

export const getStandardization = defineRoute({
  id: 'getStandardization',
  method: 'GET',
  path: '/v1/orders/:orderId/photos/:photoId/standardization',
  summary: 'Progress of the job, then its report with every check',
  callers: ['graduate'],
  params: photoParams,
  response: standardizationJob,
  errors: ['order.notFound', 'photo.notFound', 'photo.erased'],
});
