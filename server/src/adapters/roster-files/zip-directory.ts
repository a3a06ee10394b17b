const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const MAX_COMMENT = 0xffff;
const DIRECTORY_SIGNATURE = 0x02014b50;
const DIRECTORY_LENGTH = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_LENGTH = 30;
/** Sizes that may follow the data of an entry, with or without a signature and in 64 bits. */
const MAX_DESCRIPTOR = 24;
/** Bits of the general purpose flag. */
const ENCRYPTED = 0x0001;
const UTF8_NAME = 0x0800;

/** One file of an archive, by the directory at its end. */
export type ZipEntry = {
  readonly name: Buffer;
  /** The name says that it is UTF-8; else it is in whatever the packer's system uses. */
  readonly utf8: boolean;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly start: number;
};

/** The archive's files in the order of their data. Throws for what is no archive. */
export function readDirectory(zip: Buffer): { entries: ZipEntry[]; directory: number } {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  const directory = zip.readUInt32LE(end + 16);
  const entries: ZipEntry[] = [];
  for (let at = directory, i = 0; i < count; i += 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_SIGNATURE) throw new Error('no directory entry');
    const flags = zip.readUInt16LE(at + 8);
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.subarray(at + DIRECTORY_LENGTH, at + DIRECTORY_LENGTH + nameLength),
      utf8: (flags & UTF8_NAME) !== 0,
      encrypted: (flags & ENCRYPTED) !== 0,
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      start: zip.readUInt32LE(at + 42),
    });
    at += DIRECTORY_LENGTH + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return { entries: entries.sort((a, b) => a.start - b.start), directory };
}

function findEnd(zip: Buffer): number {
  const first = Math.max(0, zip.length - END_LENGTH - MAX_COMMENT);
  for (let at = zip.length - END_LENGTH; at >= first; at -= 1)
    if (zip.readUInt32LE(at) === END_SIGNATURE) return at;
  throw new Error('no end of the directory');
}

/** Where the packed bytes of an entry begin. Throws when nothing of it is there. */
export function dataStart(zip: Buffer, { start }: ZipEntry): number {
  if (zip.readUInt32LE(start) !== LOCAL_SIGNATURE) throw new Error('no local header');
  return start + LOCAL_LENGTH + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
}

/** Nothing hides between the entries, and none shares its bytes with another. */
export function isContiguous(
  zip: Buffer,
  entries: readonly ZipEntry[],
  directory: number,
): boolean {
  let reached = 0;
  for (const [index, entry] of entries.entries()) {
    const gap = entry.start - reached;
    if (gap < 0 || gap > (index === 0 ? 0 : MAX_DESCRIPTOR)) return false;
    reached = dataStart(zip, entry) + entry.packed;
  }
  const gap = directory - reached;
  return gap >= 0 && gap <= MAX_DESCRIPTOR;
}
