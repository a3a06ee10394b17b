import { photoUploadMeta } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { FastifyRequest } from 'fastify';
import type { HandlersOf } from '../plugins/handler.ts';
import { announcedBytes, readPhotoParts } from '../plugins/uploads.ts';
import type { Photos, UploadedPhoto } from '../services/photos/photos.ts';
import type { PictureMemory } from '../services/photos/picture-memory.ts';

export function photoRoutes(services: {
  readonly photos: Photos;
  readonly arrivalMemory: PictureMemory;
}): HandlersOf<'deliverPhoto' | 'getStandardPhoto'> {
  return {
    // Room first: until then the body stays on the wire.
    deliverPhoto: ({ order, params, caller, request }) =>
      services.arrivalMemory.hold(announcedBytes(request), async () => {
        const upload = await readUpload(request, params.photoId);
        return upload.ok ? services.photos.store(order, upload.value, caller) : upload;
      }),
    getStandardPhoto: ({ order, params, caller }) =>
      services.photos.standard(order, params.photoId, caller),
  };
}

async function readUpload(
  request: FastifyRequest,
  photoId: string,
): Promise<Result<UploadedPhoto>> {
  const parts = await readPhotoParts(request);
  if (!parts.ok) return parts;
  const meta = photoUploadMeta.safeParse(parts.value.meta);
  if (meta.success) return ok({ ...parts.value, meta: meta.data, photoId });
  const path = ['meta', ...(meta.error.issues[0]?.path ?? [])];
  return fail('request.invalid', { field: path.join('.') });
}
