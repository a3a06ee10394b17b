import { CLOSED_ORDER_CODES } from '@gradshot/domain';
import { z } from 'zod';
import { confirmOfflineVisit } from './offline-collection.ts';
import { id, sha256 } from './primitives.ts';
import { defineRoute } from './route.ts';

/**
 * Photos that leave a station on a USB stick, sealed, and reach the server by another one. The server
 * opens them because every station entrusts its key to it, sealed to the server's public key.
 */

/** What a station's key is bound to when it is sealed for the server. */
export const stationKeyContext = (installationId: string) => `station.key.${installationId}`;

/** Told with the station's settings. */
export const keyEscrow = z.object({
  /** X25519, 32 bytes: the station seals its own key to it. */
  publicKey: z.base64(),
  /** The server has the station's key, and can open it. */
  keyRegistered: z.boolean(),
});

export const registerStationKey = defineRoute({
  id: 'registerStationKey',
  method: 'PUT',
  path: '/v1/station/key',
  summary: 'Entrust the key that seals the station’s photos to the server; repeating is success',
  callers: ['station'],
  body: z.object({
    /** The 32-byte key, sealed to the server's public key under `stationKeyContext`. */
    sealedKey: z.base64().max(1024),
  }),
  response: z.object({ keyRegistered: z.literal(true) }),
  errors: ['station.notEnrolled'],
});

/**
 * JSON part `meta` of the multipart upload; parts `original` and `standard` are the sealed objects as
 * they lay on the station's disk. Which order the photo belongs to, its report and whether the
 * graduate had handed it in is read from the label that was sealed with the standard photo.
 */
export const sealedPhotoMeta = z.object({
  /** Of the station that took the photo: made at its first start, and its key belongs to it. */
  installationId: id,
  originalSha256: sha256,
  standardSha256: sha256,
});
export type SealedPhotoMeta = z.infer<typeof sealedPhotoMeta>;

/** Label and seals around a picture. */
export const MAX_SEAL_BYTES = 512 * 1024;

/**
 * The same as if the station that took the photo delivered it: idempotent by photo id and SHA-256, and
 * attributed to it. The calling station only carries it; that it did is written to the access log.
 */
export const handInSealedPhoto = defineRoute({
  id: 'handInSealedPhoto',
  method: 'PUT',
  path: '/v1/station/sealed-photos/:photoId',
  summary: 'Hand in a photo that another station of the school saved, sealed, to a USB stick',
  callers: ['station'],
  params: z.object({ photoId: id }),
  upload: 'sealedPhoto',
  response: z.object({ outcome: z.enum(['handedIn', 'thereAlready']) }),
  errors: [
    'stick.originUnknown',
    'stick.otherSchool',
    'stick.keyNotRegistered',
    'stick.damaged',
    'stick.orderGoneOn',
    'order.notFound',
    'consent.required',
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
    'photo.erased',
    ...confirmOfflineVisit.errors,
    'order.transitionForbidden',
  ],
});
