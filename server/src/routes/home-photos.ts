import { fail } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { PhotoDownloads } from '../services/downloads/downloads.ts';
import type { Standardization } from '../services/standardization/standardization.ts';
import type { UploadCompletion } from '../services/uploads/upload-completion.ts';
import type { Uploads } from '../services/uploads/uploads.ts';

type Ids =
  | 'createUpload'
  | 'getUpload'
  | 'appendUpload'
  | 'completeUpload'
  | 'startStandardization'
  | 'getStandardization'
  | 'getDownloads'
  | 'downloadStandard'
  | 'downloadSheet';

/** Photos of a graduate at home: up in chunks, made by a worker here, down once approved. */
export function homePhotoRoutes(services: {
  readonly uploads: Uploads;
  readonly completion: UploadCompletion;
  readonly standardization: Standardization;
  readonly downloads: PhotoDownloads;
}): HandlersOf<Ids> {
  const { uploads, completion, standardization, downloads } = services;
  return {
    createUpload: ({ order, params, body, caller }) =>
      uploads.create(order, params.photoId, body, caller),
    getUpload: ({ order, params }) => uploads.find(order, params.photoId),
    async appendUpload({ order, params, request, caller }) {
      if (!Buffer.isBuffer(request.body)) return fail('request.invalid', { field: 'body' });
      const chunk = { offset: params.offset, bytes: request.body };
      return uploads.append(order, params.photoId, chunk, caller);
    },
    completeUpload: ({ order, params, caller }) =>
      completion.complete(order, params.photoId, caller),
    startStandardization: ({ order, params }) => standardization.start(order, params.photoId),
    getStandardization: ({ order, params }) => standardization.find(order, params.photoId),
    getDownloads: ({ order }) => downloads.list(order),
    downloadStandard: ({ order, caller }) => downloads.standard(order, caller),
    downloadSheet: ({ order, params, caller }) => downloads.sheet(order, params.layout, caller),
  };
}
