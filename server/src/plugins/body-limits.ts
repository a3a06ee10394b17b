import {
  MAX_CHUNK_BYTES,
  MAX_CODE_PICTURE_BYTES,
  MAX_RECEIPT_BYTES,
  MAX_ROSTER_BYTES,
  MAX_ROSTER_PHOTOS_BYTES,
  type RouteDefinition,
} from '@gradshot/contract';

const LIMITS: Readonly<Record<string, number>> = {
  importRoster: MAX_ROSTER_BYTES,
  uploadRoster: MAX_ROSTER_BYTES,
  importRosterPhotos: MAX_ROSTER_PHOTOS_BYTES,
  importReceipt: MAX_RECEIPT_BYTES,
  appendUpload: MAX_CHUNK_BYTES,
  readCodePicture: MAX_CODE_PICTURE_BYTES,
};

/** Largest body of a route that takes raw bytes; the server's own limit for all others. */
export function bodyLimitOf(route: RouteDefinition): { readonly bodyLimit?: number } {
  const limit = route.upload === 'bytes' ? LIMITS[route.id] : undefined;
  return limit === undefined ? {} : { bodyLimit: limit };
}
