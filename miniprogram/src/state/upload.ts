import type { Upload } from '@gradshot/contract';
import { type Failure, fail, isRetryable, type Result } from '@gradshot/domain';
import type { Picture, PictureType } from '../platform/ports.ts';
import type { Parts } from './parts.ts';

export type Outgoing = {
  readonly orderId: string;
  readonly photoId: string;
  readonly picture: Picture;
  readonly type: PictureType;
  readonly sha256: string;
  readonly capturedAt: string;
};

/** Tries of one chunk before the person is asked, with growing pauses. */
const PAUSES_MS = [500, 1500, 4000];
/** A damaged file is sent once more from zero; twice damaged is a failure to show. */
const DAMAGED_ROUNDS = 2;

/**
 * Sends an original in chunks. Every call may be repeated, and the server says where to go on, so
 * an interruption at any point costs one chunk at most. `progress`: 0–1 of the bytes.
 */
export async function uploadOriginal(
  parts: Parts,
  outgoing: Outgoing,
  progress: (share: number) => void,
): Promise<Result<Upload>> {
  let outcome = await attempt(parts, outgoing, progress);
  for (let round = 1; round < DAMAGED_ROUNDS && isDamaged(outcome); round += 1)
    outcome = await attempt(parts, outgoing, progress);
  return outcome;
}

const isDamaged = (outcome: Result<unknown>) =>
  !outcome.ok && outcome.error.code === 'photo.digestMismatch';

async function attempt(
  parts: Parts,
  outgoing: Outgoing,
  progress: (share: number) => void,
): Promise<Result<Upload>> {
  const { picture, sha256, type, capturedAt } = outgoing;
  const body = { size: picture.size, sha256, type, capturedAt };
  let upload = await patiently(parts, () =>
    parts.api.call('createUpload', { params: paramsOf(outgoing), body }),
  );
  while (upload.ok && upload.value.state === 'receiving' && upload.value.offset < picture.size) {
    progress(upload.value.offset / picture.size);
    upload = await nextChunk(parts, outgoing, upload.value);
  }
  if (!upload.ok || upload.value.state === 'complete') return upload;
  progress(1);
  return patiently(parts, () => parts.api.call('completeUpload', { params: paramsOf(outgoing) }));
}

const paramsOf = ({ orderId, photoId }: Outgoing) => ({ orderId, photoId });

async function nextChunk(parts: Parts, outgoing: Outgoing, at: Upload): Promise<Result<Upload>> {
  const { storage } = parts.platform;
  const bytes = await storage.readBytes(outgoing.picture, at.offset, at.chunkBytes);
  if (!bytes.ok) return bytes;
  // The file is shorter than it said: sending nothing would go on for ever.
  if (bytes.value.byteLength === 0) return fail('photo.unreadable');
  const params = { ...paramsOf(outgoing), offset: at.offset };
  const sent = await patiently(parts, () =>
    parts.api.sendBytes('appendUpload', params, bytes.value),
  );
  return sent.ok || sent.error.code !== 'upload.offsetMismatch'
    ? sent
    : patiently(parts, () => parts.api.call('getUpload', { params: paramsOf(outgoing) }));
}

/** Repeats a call that may succeed later by itself, with growing pauses. */
async function patiently<T>({ wait }: Parts, call: () => Promise<Result<T>>): Promise<Result<T>> {
  let outcome = await call();
  for (const pause of PAUSES_MS) {
    if (outcome.ok || !helpsToWait(outcome.error)) break;
    await wait(pause);
    outcome = await call();
  }
  return outcome;
}

/** A chunk out of step is no matter of time: the offset has to be asked for. */
const helpsToWait = ({ code }: Failure) => isRetryable(code) && !code.startsWith('upload.');
