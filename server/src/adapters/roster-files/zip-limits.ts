import { inflateRawSync } from 'node:zlib';
import { dataStart, isContiguous, readDirectory, type ZipEntry } from './zip-directory.ts';

/** A register of 50,000 people unpacks to some 40 MB; what is far beyond is an attack. */
const MAX_UNPACKED_BYTES = 160 * 1024 * 1024;
const MAX_ENTRIES = 500;

const STORED = 0;
const DEFLATED = 8;

/**
 * Whether the archive can be unpacked within the limits. The sizes written in it are not believed:
 * each entry is inflated up to what is left. Nothing may hide between the entries, because a
 * reader that goes through the file from its start would find it.
 */
export function unpacksWithinLimits(zip: Buffer): 'fine' | 'tooLarge' | 'damaged' {
  try {
    const { entries, directory } = readDirectory(zip);
    if (entries.length > MAX_ENTRIES) return 'tooLarge';
    if (!isContiguous(zip, entries, directory)) return 'damaged';
    let left = MAX_UNPACKED_BYTES;
    for (const entry of entries) {
      left -= unpackedSize(zip, entry, left);
      if (left < 0) return 'tooLarge';
    }
    return 'fine';
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'damaged';
  }
}

function unpackedSize(zip: Buffer, entry: ZipEntry, left: number): number {
  const start = dataStart(zip, entry);
  const packed = zip.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) throw new Error('cut off');
  if (entry.method === STORED) return packed.length;
  if (entry.method !== DEFLATED) throw new Error('unknown method');
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length;
}
