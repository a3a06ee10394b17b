/**
 * Entry of the thread that decodes one HEIF picture, started by read-heif.ts and never imported.
 * It may import nothing that other code imports too: in the packaged station it is a file of its
 * own outside the archive.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { colourOf } from './colour.ts';
import { HeifError, HeifFile, type HeifPixels, loadLibHeif } from './libheif.ts';
import type { HeifAnswer, HeifTask } from './protocol.ts';
import { writeTiff } from './tiff.ts';

/** `heif_error_code` of heif.h: unsupported file type, unsupported feature, over a limit. */
const UNSUPPORTED_CODES: readonly number[] = [3, 4, 6];

function decode({ bytes, maxPixels, displayP3 }: HeifTask): HeifAnswer {
  const file = new HeifFile(loadLibHeif(), bytes, maxPixels);
  const icc = file.iccProfile();
  const colour = icc ? 'srgb' : colourOf(file.codedColour());
  if (colour === 'unsupported') return { kind: 'unsupported' };
  const pixels = file.decode();
  const profile = icc ?? (colour === 'displayP3' ? displayP3 : undefined);
  const { width, height, channels } = pixels;
  const writePixels = (into: Uint8Array) => copyRows(pixels, into);
  return { kind: 'tiff', tiff: writeTiff({ width, height, channels, writePixels, icc: profile }) };
}

function copyRows({ width, height, channels, stride, data }: HeifPixels, into: Uint8Array): void {
  const row = width * channels;
  for (let y = 0; y < height; y++) into.set(data.subarray(y * stride, y * stride + row), y * row);
}

function answer(task: HeifTask): HeifAnswer {
  try {
    return decode(task);
  } catch (error) {
    if (error instanceof HeifError) {
      return { kind: UNSUPPORTED_CODES.includes(error.code) ? 'unsupported' : 'broken' };
    }
    // the library gives up with a trap, a thrown number or a failed allocation on damaged files
    if (isLibraryTrap(error)) return { kind: 'broken' };
    // an operator may take the library out: HEVC is patented
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND')
      return { kind: 'unsupported' };
    throw error;
  }
}

/** `RuntimeError` is WebAssembly's own. */
const TRAPS: readonly string[] = ['RuntimeError', 'RangeError', 'CppException'];

function isLibraryTrap(error: unknown): boolean {
  return !(error instanceof Error) || TRAPS.includes(error.name);
}

const result = answer(workerData as HeifTask);
parentPort?.postMessage(result, result.kind === 'tiff' ? [result.tiff.buffer as ArrayBuffer] : []);
