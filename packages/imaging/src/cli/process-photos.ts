import { readFile, stat } from 'node:fs/promises';
import type { Failure, PhotoProfile } from '@gradshot/domain';
import type { Engine, Extras, Standardized } from '../api.ts';
import { MAX_SOURCE_BYTES } from '../decode/source-picture.ts';
import { failedStandardization } from '../process/failed-jobs.ts';
import { type BatchExtras, digestOfExtras, extrasFor } from './choose-extras.ts';
import type { CliInput } from './inputs.ts';
import { finishedRecord, type PhotoRecord, writeOutputs } from './outputs.ts';

export type BatchOptions = {
  readonly out: string;
  readonly profile: PhotoProfile;
  readonly resume: boolean;
  readonly extras: BatchExtras;
  /** Called after every picture, in the order in which they are finished. */
  readonly onRecord: (record: PhotoRecord) => void;
};

/** Every engine takes the next picture as soon as it is free. */
export async function processPhotos(
  inputs: readonly CliInput[],
  engines: readonly Engine[],
  options: BatchOptions,
): Promise<void> {
  let next = 0;
  const work = async (engine: Engine) => {
    while (next < inputs.length) {
      const input = inputs[next++]!;
      options.onRecord(await processPhoto(input, engine, options));
    }
  };
  await Promise.all(engines.map(work));
}

async function processPhoto(
  input: CliInput,
  engine: Engine,
  { out, profile, resume, extras }: BatchOptions,
): Promise<PhotoRecord> {
  const also = await extrasFor(input, extras);
  const target = { folder: out, input, extras, extrasDigest: digestOfExtras(also) };
  const finished = resume ? await finishedRecord(target, profile, engine.info) : undefined;
  return finished ?? writeOutputs(target, await standardizeFile(input.file, engine, profile, also));
}

async function standardizeFile(
  file: string,
  engine: Engine,
  profile: PhotoProfile,
  also: Extras | undefined,
): Promise<Standardized> {
  const refuse = (failure: Failure) => failedStandardization(failure, profile, engine.info);
  const found = await stat(file).catch(() => undefined);
  if (!found) return refuse({ code: 'photo.fileMissing' });
  if (!found.isFile()) return refuse({ code: 'photo.notAnImage' });
  // refused before it is read: a file of any size must not fill the memory
  if (found.size > MAX_SOURCE_BYTES) {
    return refuse({ code: 'photo.tooLargeBytes', details: { limitMb: MAX_SOURCE_BYTES / 1e6 } });
  }
  const source = await readFile(file).catch(() => undefined);
  if (!source) return refuse({ code: 'photo.unreadable' });
  return engine.standardize(source, { profile, ...(also ? { also } : {}) });
}

/** True when the file itself was the trouble, not what it shows. */
export function couldNotBeRead({ reason }: PhotoRecord): boolean {
  return reason?.code.startsWith('photo.') ?? false;
}
