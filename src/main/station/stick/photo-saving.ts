import { fail, ok, type Result } from '@gradshot/domain';
import type { SavedPart } from '../../../shared/index.ts';
import type { SaveFile } from '../api.ts';
import { type Clock, timestamp } from '../ground/clock.ts';
import type { Store } from '../store/store.ts';
import type { ServerLink } from '../sync/server-link.ts';
import {
  MAX_PHOTOS_IN_FILE,
  type PackedPhoto,
  type PhotoFileOrigin,
  photoFile,
} from './photo-file.ts';
import { sealedPair, type UnsentPhoto, unsentPhotos } from './unsent-photos.ts';

/** A file is put together in memory, and the browser shell hands it to the page whole. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;

/**
 * Writes every unsent photo, sealed as it is, into files of a bounded size. Nothing is taken away from
 * the station: what was saved is delivered all the same.
 */
export type PhotoSaving = {
  /** Part 1 looks at what is unsent; a later one goes on from there and may be repeated. */
  save(part: number): Promise<Result<SavedPart>>;
};

export type PhotoSavingParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly link: Pick<ServerLink, 'enrolment'>;
  readonly saveFile: SaveFile | undefined;
};

type Plan = {
  readonly origin: PhotoFileOrigin;
  readonly photos: readonly UnsentPhoto[];
  /** Index of the first photo of each part that is known so far. */
  readonly starts: number[];
};

export function createPhotoSaving(
  parts: PhotoSavingParts,
  maxFileBytes = MAX_FILE_BYTES,
): PhotoSaving {
  let plan: Plan | undefined;
  return {
    async save(part) {
      if (part === 1) plan = planOf(parts);
      if (!plan) return fail('station.notEnrolled');
      const start = plan.starts[part - 1];
      if (start === undefined) return fail('request.invalid', { field: 'part' });
      const packed = await pack(parts.store, plan.photos.slice(start), maxFileBytes);
      plan.starts[part] = start + packed.taken;
      if (packed.photos.length === 0)
        return ok({ outcome: 'nothing', unreadable: packed.unreadable });
      const more = start + packed.taken < plan.photos.length;
      return handOut(parts, plan.origin, { ...packed, part, more });
    },
  };
}

function planOf({ store, clock, link }: PhotoSavingParts): Plan | undefined {
  const enrolment = link.enrolment();
  if (!enrolment) return undefined;
  const { stationId, name } = enrolment;
  const installationId = store.settings.installationId();
  return {
    origin: { station: { stationId, installationId, name }, savedAt: timestamp(clock) },
    photos: unsentPhotos(store),
    starts: [0],
  };
}

type Packed = {
  readonly photos: readonly PackedPhoto[];
  /** How many were looked at, whole or not. */
  readonly taken: number;
  readonly unreadable: number;
};

/** As many as fit into one file, at least one. */
async function pack(
  store: Store,
  rows: readonly UnsentPhoto[],
  maxFileBytes: number,
): Promise<Packed> {
  const photos: PackedPhoto[] = [];
  let [bytes, unreadable] = [0, 0];
  for (const row of rows) {
    if (photos.length === MAX_PHOTOS_IN_FILE) break;
    const pair = await sealedPair(store.vault, row);
    if (pair) {
      bytes += pair.original.length + pair.standard.length;
      if (bytes > maxFileBytes && photos.length > 0) break;
      photos.push({ photo: entryOf(store, row), ...pair });
    } else unreadable += 1;
  }
  return { photos, taken: photos.length + unreadable, unreadable };
}

function entryOf(store: Store, row: UnsentPhoto): PackedPhoto['photo'] {
  const { orderId, originalSha256, standardSha256, shot } = row;
  const orderNo = store.orders.orderNo(orderId) ?? orderId;
  return { photoId: shot.photoId, orderNo, originalSha256, standardSha256 };
}

async function handOut(
  { store, saveFile }: PhotoSavingParts,
  origin: PhotoFileOrigin,
  { photos, part, more, unreadable }: Packed & { readonly part: number; readonly more: boolean },
): Promise<Result<SavedPart>> {
  const content = photoFile(origin, photos);
  const facts = {
    ...{ fileName: fileName(origin, part), photos: photos.length, more, unreadable },
    keyRegistered: store.settings.get('serverSettings')?.keyEscrow?.keyRegistered === true,
  };
  const saved = await saveFile?.({ fileName: facts.fileName, content });
  if (saved && !saved.ok) return saved;
  if (saved?.value === 'cancelled') return ok({ outcome: 'cancelled' });
  store.events.note('staff.savedPhotos', { part, photos: facts.photos });
  if (saved) return ok({ outcome: 'saved', ...facts });
  return ok({ outcome: 'given', data: content, ...facts });
}

/** `gradshot-图书馆一楼 1 号机-2026-11-23-0905.photos`, without what a file's name may not have. */
function fileName({ station, savedAt }: PhotoFileOrigin, part: number): string {
  const name = station.name.replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ').trim();
  const at = `${savedAt.slice(0, 10)}-${savedAt.slice(11, 16).replace(':', '')}`;
  return `gradshot-${name}-${at}${part === 1 ? '' : `-${part}`}.photos`;
}
