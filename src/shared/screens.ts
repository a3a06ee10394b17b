import { z } from 'zod';
import { guidance } from './guidance.ts';

/**
 * The station's screens. The desk's is the staff's; alone it shows the visit too. A second one shows the
 * graduate the visit, and nothing of staff's.
 */
export const SCREEN_ROLES = ['desk', 'graduate'] as const;
export type ScreenRole = (typeof SCREEN_ROLES)[number];

/** What the page at the camera says of its shutter. */
export const SHUTTER_STATES = ['unable', 'ready', 'counting', 'taking'] as const;
export type ShutterState = (typeof SHUTTER_STATES)[number];

/** The shutter as the desk sees it; `pressed`: the page at the camera has not heard of it yet. */
export type DeskShutter = ShutterState | 'pressed';

/** Frames of one burst are counted from 0. */
const MAX_BURST_FRAMES = 5;
const burstFrame = z
  .int()
  .min(0)
  .max(MAX_BURST_FRAMES - 1);

/** Where a shot stands in its burst. */
export const burstPlace = z.object({ id: z.uuid(), frame: burstFrame }).strict();
export type BurstPlace = z.infer<typeof burstPlace>;

/** The frames of the shot on screen, while there is a choice. */
export type BurstView = {
  readonly id: string;
  /** Those that have come, in the order in which they were taken. */
  readonly frames: readonly number[];
  /** What the machine took. */
  readonly machine: number;
  /** What counts. */
  readonly chosen: number;
};

/** What the page at the camera last looked at; shown, never stored. */
export const liveFrame = z.object({
  /** Grows with every frame. */
  number: z.int(),
  jpeg: z.instanceof(Uint8Array),
  guidance: guidance.optional(),
});
export type LiveFrame = z.infer<typeof liveFrame>;
