import { sealedPhotoMeta } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { FastifyRequest } from 'fastify';
import type { HandlersOf } from '../plugins/handler.ts';
import { announcedBytes, readPhotoParts, SEALED } from '../plugins/uploads.ts';
import type { PictureMemory } from '../services/photos/picture-memory.ts';
import type { CarriedPhoto, SealedPhotos } from '../services/stations/sealed-photos.ts';
import type { StationKeys } from '../services/stations/station-keys.ts';

/** Sealed and opened a photo lies in memory twice. */
const COPIES = 2;

export function sealedPhotoRoutes(services: {
  readonly stationKeys: StationKeys;
  readonly sealedPhotos: SealedPhotos;
  readonly arrivalMemory: PictureMemory;
}): HandlersOf<'registerStationKey' | 'handInSealedPhoto'> {
  const { stationKeys, sealedPhotos, arrivalMemory } = services;
  return {
    registerStationKey: ({ caller, body }) =>
      stationKeys.register(caller, Buffer.from(body.sealedKey, 'base64')),
    // Room first: until then the body stays on the wire.
    handInSealedPhoto: ({ params, caller, request }) =>
      arrivalMemory.hold(COPIES * announcedBytes(request, SEALED), async () => {
        const photo = await readCarried(request, params.photoId);
        return photo.ok ? sealedPhotos.handIn(caller, photo.value) : photo;
      }),
  };
}

async function readCarried(
  request: FastifyRequest,
  photoId: string,
): Promise<Result<CarriedPhoto>> {
  const parts = await readPhotoParts(request, SEALED);
  if (!parts.ok) return parts;
  const { original, standard } = parts.value;
  const meta = sealedPhotoMeta.safeParse(parts.value.meta);
  if (meta.success) return ok({ photoId, ...meta.data, original, standard });
  const path = ['meta', ...(meta.error.issues[0]?.path ?? [])];
  return fail('request.invalid', { field: path.join('.') });
}
