import type { ErrorCode } from '@gradshot/domain';
import { z } from 'zod';

/**
 * Where the photo comes from. `webcam`: the page takes it. `watchFolder`: the file that a program of the
 * camera's maker saves into the folder. `gphoto2`: a camera on the cable, worked by that program; where
 * none is named, by the one on the system's path.
 */
const place = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .refine((text) => !/\p{Cc}/u.test(text));
/** A PIN opens the staff page; it must not run whatever lies on the disk. */
const program = place.refine((path) => /(^|[\\/])gphoto2(\.exe)?$/i.test(path));
export const portraitSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('webcam') }).strict(),
  z.object({ kind: z.literal('watchFolder'), folder: place }).strict(),
  z.object({ kind: z.literal('gphoto2'), program: program.optional() }).strict(),
]);
export type PortraitSource = z.infer<typeof portraitSource>;
export type TetheredSource = Exclude<PortraitSource, { kind: 'webcam' }>;
export const PORTRAIT_SOURCES = [
  'webcam',
  'watchFolder',
  'gphoto2',
] as const satisfies readonly PortraitSource['kind'][];

/** What trying a source has found: the camera's name, or how many pictures are in the folder. */
export const portraitFinding = z.object({
  label: z.string(),
  pictures: z.int().min(0).optional(),
});
export type PortraitFinding = z.infer<typeof portraitFinding>;

export type TetheredFailure = Extract<ErrorCode, `camera.${string}`>;

/** A camera that is not the page's own, as it fares. */
export type TetheredState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'ready'; readonly label: string }
  /** `lost`: it had been working before. Another try is already planned. */
  | { readonly kind: 'failed'; readonly code: TetheredFailure; readonly lost: boolean };

export type TetheredView = {
  readonly source: TetheredSource;
  readonly state: TetheredState;
  /** At the step `camera`: a picture that is taken now counts. */
  readonly listening: boolean;
};
