import { CLOSED_ORDER_CODES } from '@gradshot/domain';
import { z } from 'zod';
import { onSiteRecord } from './on-site-record.ts';
import { orderParams } from './orders.ts';
import { id, sha256, standardizationReport, timestamp } from './primitives.ts';
import { defineRoute } from './route.ts';

/** Upper bound of an original file. Bigger ones are no camera pictures. */
export const MAX_ORIGINAL_BYTES = 60 * 1024 * 1024;
/** Upper bound of a standard photo, far above every profile's window. */
export const MAX_STANDARD_BYTES = 1024 * 1024;

/** JSON part `meta` of the multipart upload; the files are parts `original` and `standard`. */
export const photoUploadMeta = z.object({
  originalSha256: sha256,
  originalType: z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/heic']),
  standardSha256: sha256,
  capturedAt: timestamp,
  report: standardizationReport,
  /** What staff said about it so far: a photo that the machine refused needs their release. */
  onSite: onSiteRecord.exactOptional(),
});
export type PhotoUploadMeta = z.infer<typeof photoUploadMeta>;

export const photo = z.object({
  photoId: id,
  orderId: id,
  originalSha256: sha256,
  standardSha256: sha256,
  accepted: z.boolean(),
  uploadedAt: timestamp,
  /** True when this very photo had been stored before: the upload is a success all the same. */
  duplicate: z.boolean(),
});
export type Photo = z.infer<typeof photo>;

/**
 * 上传 of a station, which has standardised the photo itself: its report is believed, so nobody else
 * may call it (a graduate at home sends the original by `createUpload`). The client chooses
 * `photoId` once per shot: repeating the call with the same bytes is success, with other bytes a
 * mismatch. Checked before anything is stored: sizes, digests, image
 * headers, and that the standard photo keeps to the batch's profile.
 */
export const deliverPhoto = defineRoute({
  id: 'deliverPhoto',
  method: 'PUT',
  path: '/v1/orders/:orderId/photos/:photoId',
  summary: '上传: original and standard photo with the report, idempotent by photoId and SHA-256',
  callers: ['station'],
  params: orderParams.extend({ photoId: id }),
  upload: 'photo',
  response: photo,
  status: 201,
  errors: [
    'order.notFound',
    'order.transitionForbidden',
    ...CLOSED_ORDER_CODES,
    'request.idempotencyMismatch',
    'server.busy',
    'photo.tooLargeBytes',
    'photo.tooManyPixels',
    'photo.notAnImage',
    'photo.heicUnsupported',
    'photo.unreadable',
    'photo.digestMismatch',
    'photo.notStandard',
  ],
});

/** Every look is written to the access log. */
export const getStandardPhoto = defineRoute({
  id: 'getStandardPhoto',
  method: 'GET',
  path: '/v1/orders/:orderId/photos/:photoId/standard',
  summary: 'The stored standard photo, byte for byte',
  callers: ['graduate', 'station'],
  params: orderParams.extend({ photoId: id }),
  response: z.unknown(),
  file: 'image/jpeg',
  errors: ['order.notFound', 'photo.notFound', 'photo.erased'],
});
