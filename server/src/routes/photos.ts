import { photoUploadMeta } from '@gradshot/contract';
import { fail } from '@gradshot/domain';
import { readPhotoParts } from '../plugins/uploads.ts';
import type { Photos } from '../services/photos.ts';
import type { HandlersOf } from './handler.ts';

export function photoRoutes(services: {
  readonly photos: Photos;
}): HandlersOf<'uploadPhoto' | 'getStandardPhoto'> {
  return {
    async uploadPhoto({ order, params, caller, request }) {
      const parts = await readPhotoParts(request);
      if (!parts.ok) return parts;
      const meta = photoUploadMeta.safeParse(parts.value.meta);
      if (!meta.success) {
        const path = ['meta', ...(meta.error.issues[0]?.path ?? [])];
        return fail('request.invalid', { field: path.join('.') });
      }
      const upload = { ...parts.value, meta: meta.data, photoId: params.photoId };
      return services.photos.store(order, upload, caller);
    },
    getStandardPhoto: ({ order, params, caller }) =>
      services.photos.standard(order, params.photoId, caller),
  };
}
