import type { Result } from '@gradshot/domain';
import type { CommandHandlers, CommandPayload, StickOutcome } from '../../../shared/index.ts';
import type { Store } from '../store/store.ts';
import { uploadLimit } from '../sync/delivery-jobs.ts';
import type { ServerLink } from '../sync/server-link.ts';
import { readPhotoFile } from './photo-file.ts';
import { createPhotoSaving, type PhotoSavingParts } from './photo-saving.ts';

export type StickHandlers = Pick<
  CommandHandlers,
  'staff.savePhotos' | 'staff.readPhotoFile' | 'staff.handInPhoto'
>;

export type StickParts = PhotoSavingParts & {
  readonly link: ServerLink;
};

/** Unsent photos out of this station, and those of another one in. */
export function createStickHandlers(parts: StickParts): StickHandlers {
  const saving = createPhotoSaving(parts);
  return {
    'staff.savePhotos': ({ part }) => saving.save(part),
    'staff.readPhotoFile': async ({ head }) => readPhotoFile(head),
    'staff.handInPhoto': (photo) => handIn(parts, photo),
  };
}

/** This station only carries it: what is in it is for the server to open. */
async function handIn(
  { store, link }: { readonly store: Pick<Store, 'events'>; readonly link: ServerLink },
  photo: CommandPayload<'staff.handInPhoto'>,
): Promise<Result<{ outcome: StickOutcome }>> {
  const { photoId, original, standard, ...meta } = photo;
  const upload = { photoId, meta, original, standard };
  const options = { timeoutMs: uploadLimit(upload) };
  const sent = await link.asStation((client) => client.handInSealedPhoto(upload, options));
  const outcome = sent.ok ? sent.value.outcome : sent.error.code;
  store.events.note('staff.handedInPhoto', { photoId, outcome });
  return sent;
}
