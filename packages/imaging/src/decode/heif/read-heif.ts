import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { fail, ok, type Result } from '@gradshot/domain';
import sharp from 'sharp';
import { runInTurn } from '../../runtime/run-in-turn.ts';
import type { HeifAnswer, HeifTask } from './protocol.ts';

/** Largest picture that is decoded: the 48 megapixels of today's phones, and a little. */
export const MAX_HEIF_PIXELS = 50_000_000;
/**
 * Processor time that one picture may cost: 12 megapixels take 0.8 s on a slow server core, 48 take
 * 3.3. Work is counted, not time, so that a busy machine refuses nobody.
 */
const MAX_WORK_MS = 4500;
/** And the longest that anybody waits. */
const MAX_WAIT_MS = 30_000;
const LOOK_EVERY_MS = 200;

const inTurn = runInTurn();

/**
 * Decodes the primary picture of a HEIC file to an uncompressed TIFF with its ICC profile, upright,
 * 8 bits a sample, on a thread that is ended with it: the decoder's memory never shrinks. One at a
 * time, because 48 megapixels take 450 MB while they last.
 * Codes: photo.unreadable; photo.heicUnsupported (codec, high dynamic range, or too much work).
 */
export function readHeif(bytes: Uint8Array): Promise<Result<Uint8Array>> {
  return inTurn(() => decodeOnThread(bytes));
}

async function decodeOnThread(bytes: Uint8Array): Promise<Result<Uint8Array>> {
  const workerData: HeifTask = {
    bytes,
    maxPixels: MAX_HEIF_PIXELS,
    displayP3: await displayP3Profile(),
  };
  const worker = new Worker(THREAD_FILE, { workerData, stdout: true, stderr: true });
  const work = new AbortController();
  try {
    return resultOf(await Promise.race([answerOf(worker), tooMuchWork(worker, work.signal)]));
  } finally {
    work.abort();
    await worker.terminate();
  }
}

/**
 * Beside this module in the sources; at the root of the station's bundle, whose chunks lie one
 * folder deeper, and outside its archive, so that it can be replaced together with libheif.
 */
const THREAD_FILE = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : '../heif-thread.js', import.meta.url),
).replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

async function answerOf(worker: Worker): Promise<HeifAnswer> {
  const ended = once(worker, 'exit').then((): HeifAnswer => ({ kind: 'broken' }));
  const told = once(worker, 'message').then(([message]) => message as HeifAnswer);
  try {
    return await Promise.race([told, ended]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY') {
      return { kind: 'broken' };
    }
    throw error;
  }
}

/** Settles when the thread has worked or waited for too long; never rejects. */
async function tooMuchWork(worker: Worker, signal: AbortSignal): Promise<HeifAnswer> {
  const began = performance.now();
  while (!signal.aborted && performance.now() - began < MAX_WAIT_MS) {
    await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    const spent = await worker.cpuUsage().catch(() => undefined);
    if (spent && (spent.user + spent.system) / 1000 > MAX_WORK_MS) break;
  }
  return { kind: 'unsupported' };
}

function resultOf(answer: HeifAnswer): Result<Uint8Array> {
  if (answer.kind === 'tiff') return ok(answer.tiff);
  return fail(answer.kind === 'broken' ? 'photo.unreadable' : 'photo.heicUnsupported');
}

let profile: Promise<Uint8Array> | undefined;

/** The picture library's own Display P3 profile. */
function displayP3Profile(): Promise<Uint8Array> {
  profile ??= makeDisplayP3();
  return profile;
}

async function makeDisplayP3(): Promise<Uint8Array> {
  const dot = { create: { width: 1, height: 1, channels: 3, background: '#000' } } as const;
  const png = await sharp(dot).withIccProfile('p3').png().toBuffer();
  return (await sharp(png).metadata()).icc!;
}
