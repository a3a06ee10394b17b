import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import { z } from 'zod';
import {
  MAX_PHOTO_FILE_HEAD,
  type PhotoFileView,
  type SavedPhoto,
  savedPhoto,
} from '../../../shared/index.ts';

/**
 * A `.photos` file. Layout: the 16 bytes `GRADSHOT PHOTOS\n`, 1 byte format version (1), 4 bytes length
 * of the header (big endian), 32 bytes SHA-256 of the header, the header (JSON, UTF-8), then the sealed
 * objects of every photo in the header's order, original before standard, as they lie on the disk.
 *
 * The digest tells damage from nonsense; what protects the photos is their own sealing. Nothing personal
 * stands in the header: ids, an order number, digests and lengths.
 */
const MAGIC = Buffer.from('GRADSHOT PHOTOS\n');
const VERSION = 1;
const DIGEST_BYTES = 32;
const LENGTH_AT = MAGIC.length + 1;
const DIGEST_AT = LENGTH_AT + 4;
const HEADER_AT = DIGEST_AT + DIGEST_BYTES;
/** So that everything before the first object stays far below `MAX_PHOTO_FILE_HEAD`. */
export const MAX_PHOTOS_IN_FILE = 1000;

const header = z.object({
  station: z.object({ stationId: z.uuid(), installationId: z.uuid(), name: z.string().max(200) }),
  savedAt: z.string().max(40),
  photos: z.array(savedPhoto).max(MAX_PHOTOS_IN_FILE),
});
export type PhotoFileOrigin = Omit<z.infer<typeof header>, 'photos'>;

/** A photo with its two sealed objects. */
export type PackedPhoto = {
  readonly photo: Omit<SavedPhoto, 'originalBytes' | 'standardBytes'>;
  readonly original: Uint8Array;
  readonly standard: Uint8Array;
};

export function photoFile(
  origin: PhotoFileOrigin,
  packed: readonly PackedPhoto[],
): Buffer<ArrayBuffer> {
  const photos = packed.map(({ photo, original, standard }) => ({
    ...photo,
    originalBytes: original.byteLength,
    standardBytes: standard.byteLength,
  }));
  const json = Buffer.from(JSON.stringify({ ...origin, photos } satisfies z.infer<typeof header>));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return Buffer.concat([
    ...[MAGIC, Buffer.from([VERSION]), length, digestOf(json), json],
    ...packed.flatMap(({ original, standard }) => [original, standard]),
  ]);
}

/**
 * What is in a file, by its first `MAX_PHOTO_FILE_HEAD` bytes (or all of it). Failures:
 * `stick.notPhotoFile`, `stick.fileNewer`, `stick.damaged`.
 */
export function readPhotoFile(head: Uint8Array): Result<PhotoFileView> {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) return fail('stick.notPhotoFile');
  const version = bytes[MAGIC.length] ?? 0;
  if (version > VERSION) return fail('stick.fileNewer');
  if (version !== VERSION || bytes.length < HEADER_AT) return fail('stick.damaged');
  const end = HEADER_AT + bytes.readUInt32BE(LENGTH_AT);
  if (end > Math.min(bytes.length, MAX_PHOTO_FILE_HEAD)) return fail('stick.damaged');
  const json = bytes.subarray(HEADER_AT, end);
  if (!digestOf(json).equals(bytes.subarray(DIGEST_AT, HEADER_AT))) return fail('stick.damaged');
  const parsed = header.safeParse(parseJson(json));
  return parsed.success ? ok(viewOf(parsed.data, end)) : fail('stick.damaged');
}

function parseJson(json: Buffer): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
}

function viewOf({ station, savedAt, photos }: z.infer<typeof header>, end: number): PhotoFileView {
  let from = end;
  const placed = photos.map((photo) => {
    const place = from;
    from += photo.originalBytes + photo.standardBytes;
    return { ...photo, from: place };
  });
  const { installationId, name: stationName } = station;
  return { installationId, stationName, savedAt, photos: placed };
}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
