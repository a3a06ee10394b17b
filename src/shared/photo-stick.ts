import { z } from 'zod';

/** Unsent photos that leave a station on a USB stick, as page and core speak of them. */

/** As much of a file's beginning as the core needs to say what is in it. */
export const MAX_PHOTO_FILE_HEAD = 1024 * 1024;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** One photo of a file: its two sealed objects lie there one after the other. */
export const savedPhoto = z.object({
  photoId: z.uuid(),
  orderNo: z.string().min(1).max(100),
  originalSha256: sha256,
  standardSha256: sha256,
  /** Lengths of the objects. */
  originalBytes: z.int().positive(),
  standardBytes: z.int().positive(),
});
export type SavedPhoto = z.infer<typeof savedPhoto>;

/** What a file says of itself. */
export const photoFileView = z.object({
  /** Of the station that saved it. */
  installationId: z.uuid(),
  stationName: z.string(),
  savedAt: z.string(),
  /** Each with the place of its first object. */
  photos: z.array(savedPhoto.extend({ from: z.int().positive() })),
});
export type PhotoFileView = z.infer<typeof photoFileView>;

const part = {
  fileName: z.string(),
  photos: z.int(),
  /** Another file follows. */
  more: z.boolean(),
  /** Photos whose pictures are damaged on this disk; they are not in the file. */
  unreadable: z.int(),
  /** The server can open the file; false until the station has entrusted its key. */
  keyRegistered: z.boolean(),
};

/** A shell with a dialog of its own saves the file, else the page gets it to save. */
export const savedPart = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('nothing'), unreadable: z.int() }),
  z.object({ outcome: z.literal('given'), data: z.instanceof(Uint8Array), ...part }),
  z.object({ outcome: z.literal('saved'), ...part }),
  z.object({ outcome: z.literal('cancelled') }),
]);
export type SavedPart = z.infer<typeof savedPart>;

/** What became of a photo that was handed in from a stick. */
export const stickOutcome = z.enum(['handedIn', 'thereAlready']);
export type StickOutcome = z.infer<typeof stickOutcome>;
