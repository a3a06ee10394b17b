import { inflateRawSync } from 'node:zlib';

/** A register of 50,000 people unpacks to some 40 MB; what is far beyond is an attack. */
const MAX_UNPACKED_BYTES = 160 * 1024 * 1024;
const MAX_ENTRIES = 500;

const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
/** Sizes that may follow the data of an entry, with or without a signature and in 64 bits. */
const MAX_DESCRIPTOR = 24;
const STORED = 0;
const DEFLATED = 8;

type Entry = {
  readonly method: number;
  readonly packed: number;
  readonly start: number;
};

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

function readDirectory(zip: Buffer): { entries: Entry[]; directory: number } {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let at = directory, i = 0; i < count; i += 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_SIGNATURE) throw new Error('no directory entry');
    entries.push({
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      start: zip.readUInt32LE(at + 42),
    });
    at += DIRECTORY_LENGTH;
    at += zip.readUInt16LE(at - 18) + zip.readUInt16LE(at - 16) + zip.readUInt16LE(at - 14);
  }
  return { entries: entries.sort((a, b) => a.start - b.start), directory };
}

function findEnd(zip: Buffer): number {
  const first = Math.max(0, zip.length - END_LENGTH - MAX_COMMENT);
  for (let at = zip.length - END_LENGTH; at >= first; at -= 1)
    if (zip.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new Error('no end of the directory');
}

function dataStart(zip: Buffer, { start }: Entry): number {
  if (zip.readUInt32LE(start) !== LOCAL_SIGNATURE) throw new Error('no local header');
  return start + LOCAL_LENGTH + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
}

function isContiguous(zip: Buffer, entries: readonly Entry[], directory: number): boolean {
  let reached = 0;
  for (const [index, entry] of entries.entries()) {
    const gap = entry.start - reached;
    if (gap < 0 || gap > (index === 0 ? 0 : MAX_DESCRIPTOR)) return false;
    reached = dataStart(zip, entry) + entry.packed;
  }
  const gap = directory - reached;
  return gap >= 0 && gap <= MAX_DESCRIPTOR;
}

function unpackedSize(zip: Buffer, entry: Entry, left: number): number {
  const start = dataStart(zip, entry);
  const packed = zip.subarray(start, start + entry.packed);
  if (packed.length !== entry.packed) throw new Error('cut off');
  if (entry.method === STORED) return packed.length;
  if (entry.method !== DEFLATED) throw new Error('unknown method');
  return inflateRawSync(packed, { maxOutputLength: Math.max(1, left) }).length;
}
