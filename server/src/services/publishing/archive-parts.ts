import { ZipFile } from 'yazl';

/** Of a photo: what decides into which archive it goes. */
export type Sized = { readonly name: string; readonly bytes: number };

export type PartLimits = { readonly maxPartMb: number; readonly maxPartPhotos: number };

const MEGABYTE = 1024 * 1024;
/** Local header and directory entry of a stored file, but for its name, which stands in both. */
const ENTRY_BYTES = 30 + 46;
const END_BYTES = 22;

/** How many bytes an archive of these photos has. */
export function archiveBytes(photos: readonly Sized[]): number {
  return photos.reduce((sum, photo) => sum + entryBytes(photo), END_BYTES);
}

const entryBytes = ({ name, bytes }: Sized) => ENTRY_BYTES + 2 * Buffer.byteLength(name) + bytes;

/** The number of each photo's archive, from 1, in the order given; a larger photo than fits has its own. */
export function partsOf(photos: readonly Sized[], limits: PartLimits): number[] {
  let part = 1;
  let count = 0;
  let bytes = END_BYTES;
  return photos.map((photo) => {
    const size = entryBytes(photo);
    const full = count === limits.maxPartPhotos || bytes + size > limits.maxPartMb * MEGABYTE;
    if (count > 0 && full) {
      part += 1;
      count = 0;
      bytes = END_BYTES;
    }
    count += 1;
    bytes += size;
    return part;
  });
}

/**
 * A fixed time, so that the same photos make the same archive. Archives carry the wall clock without a
 * zone: this one is made in the zone of now, and reads the same in every zone.
 */
const entryOptions = () => ({
  compress: false,
  mtime: new Date(2000, 0, 1, 0, 0, 0),
  mode: 0o100644,
  forceDosTimestamp: true,
});

/**
 * The bytes of a ZIP archive: each photo stored as it is, in the order given. No more than one photo is
 * held beside what the taker has not taken yet.
 */
export async function* zipBytes(
  photos: AsyncIterable<{ readonly name: string; readonly bytes: Uint8Array }>,
): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const out = zip.outputStream;
  for await (const { name, bytes } of photos) {
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), name, entryOptions());
    for (let piece = out.read(); piece; piece = out.read()) yield piece as Buffer;
  }
  zip.end();
  for await (const piece of out) yield piece as Buffer;
}

/** Cuts a stream of bytes into pieces of one size; the last may be shorter. */
export async function* inPieces(
  bytes: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let count = 0;
  for await (let piece of bytes) {
    while (count + piece.length >= size) {
      held.push(piece.subarray(0, size - count));
      piece = piece.subarray(size - count);
      yield Buffer.concat(held);
      held = [];
      count = 0;
    }
    if (piece.length > 0) held.push(piece);
    count += piece.length;
  }
  if (count > 0) yield Buffer.concat(held);
}
