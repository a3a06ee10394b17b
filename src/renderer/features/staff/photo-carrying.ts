import { type Failure, fail, type Result } from '@gradshot/domain';
import {
  MAX_PHOTO_FILE_HEAD,
  type PhotoFileView,
  type StickOutcome,
} from '../../../shared/index.ts';
import { ask } from '../../state/station-store.ts';

/** One photo of a chosen file, and how it fared. */
export type CarriedPhoto = {
  readonly file: File;
  readonly installationId: string;
  readonly stationName: string;
  readonly photo: PhotoFileView['photos'][number];
  /** Undefined until the server has said. */
  readonly outcome?: StickOutcome;
  readonly failure?: Failure;
};

export type ChosenFiles = {
  readonly photos: readonly CarriedPhoto[];
  /** Files that cannot be read at all. */
  readonly refused: readonly { readonly fileName: string; readonly failure: Failure }[];
};

/** What is in the files. A stick holds many photos, so no file is ever read whole. */
export async function lookIntoFiles(files: readonly File[]): Promise<ChosenFiles> {
  const photos: CarriedPhoto[] = [];
  const refused: ChosenFiles['refused'][number][] = [];
  for (const file of files) {
    const view = await lookInto(file);
    if (!view.ok) refused.push({ fileName: file.name, failure: view.error });
    else {
      const { installationId, stationName } = view.value;
      for (const photo of view.value.photos)
        photos.push({ file, installationId, stationName, photo });
    }
  }
  return { photos, refused };
}

async function lookInto(file: File): Promise<Result<PhotoFileView>> {
  if (file.size === 0) return fail('stick.notPhotoFile');
  const head = await read(file, 0, Math.min(file.size, MAX_PHOTO_FILE_HEAD));
  return head ? ask('staff.readPhotoFile', { head }) : fail('stick.damaged');
}

/** Sends one photo on; the same photo, with what came of it. */
export async function carry(carried: CarriedPhoto): Promise<CarriedPhoto> {
  const { failure: _before, ...photo } = carried;
  const sent = await handIn(carried);
  return sent.ok ? { ...photo, outcome: sent.value.outcome } : { ...photo, failure: sent.error };
}

async function handIn(carried: CarriedPhoto): Promise<Result<{ outcome: StickOutcome }>> {
  const { file, installationId, photo } = carried;
  const { photoId, originalSha256, standardSha256, from, originalBytes, standardBytes } = photo;
  const middle = from + originalBytes;
  const original = await read(file, from, middle);
  const standard = await read(file, middle, middle + standardBytes);
  if (!original || !standard) return fail('stick.damaged');
  const meta = { installationId, photoId, originalSha256, standardSha256 };
  return ask('staff.handInPhoto', { ...meta, original, standard });
}

/** Undefined when the file is shorter, or the stick was pulled out. */
async function read(
  file: File,
  from: number,
  to: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await file
    .slice(from, to)
    .arrayBuffer()
    .catch(() => undefined);
  return bytes?.byteLength === to - from ? new Uint8Array(bytes) : undefined;
}

/** Every further photo would fail alike: better wait until it is put right. */
export function stopsAll({ code }: Failure): boolean {
  return code.startsWith('network.') || code === 'staff.locked' || code === 'station.notEnrolled';
}
