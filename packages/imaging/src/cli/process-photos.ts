import { readFile, stat } from 'node:fs/promises';
import type { Failure, PhotoProfile } from '@gradshot/domain';
import type { Engine, Extras, Standardized } from '../api.ts';
import { MAX_SOURCE_BYTES } from '../decode/source-picture.ts';
import { failedStandardization } from '../process/failed-jobs.ts';
import { type BatchExtras, digestOfExtras, extrasFor } from './choose-extras.ts';
import type { CliInput } from './inputs.ts';
import { finishedRecord, type PhotoRecord, type SourceState, writeOutputs } from './outputs.ts';

export type BatchOptions = {
  readonly out: string;
  readonly profile: PhotoProfile;
  readonly resume: boolean;
  readonly extras: BatchExtras;
  /** Called after every picture, in the order in which they are finished. */
  readonly onRecord: (record: PhotoRecord) => void;
};

/**
 * Every engine takes the next picture as soon as it is free. Rejects when a result cannot be
 * written, once what is in hand has ended: the rest would fail alike.
 */
export async function processPhotos(
  inputs: readonly CliInput[],
  engines: readonly Engine[],
  options: BatchOptions,
): Promise<void> {
  let next = 0;
  const work = async (engine: Engine) => {
    try {
      while (next < inputs.length) {
        const input = inputs[next++]!;
        options.onRecord(await processPhoto(input, engine, options));
      }
    } finally {
      // after a failure nobody begins another
      next = inputs.length;
    }
  };
  const ended = await Promise.allSettled(engines.map(work));
  const failed = ended.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

async function processPhoto(
  input: CliInput,
  engine: Engine,
  { out, profile, resume, extras }: BatchOptions,
): Promise<PhotoRecord> {
  const { also, noReference } = await extrasFor(input, extras);
  const extrasDigest = digestOfExtras(also);
  const source = await stateOf(input.file);
  const target = { folder: out, input, source, extras, extrasDigest, noReference };
  const finished = resume ? await finishedRecord(target, profile, engine.info) : undefined;
  return finished ?? writeOutputs(target, await standardizeFile(input.file, engine, profile, also));
}

async function stateOf(file: string): Promise<SourceState | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found && { bytes: found.size, modified: found.mtime.toISOString() };
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

/** Failures of the engine, in place of a verdict about the picture. */
const ENGINE_FAILURES = new Set(['imaging.crashed', 'imaging.cancelled', 'server.internal']);

/** True when the file itself or the engine was the trouble, not what the picture shows. */
export function couldNotBeMade({ reason }: PhotoRecord): boolean {
  if (!reason) return false;
  return reason.code.startsWith('photo.') || ENGINE_FAILURES.has(reason.code);
}
