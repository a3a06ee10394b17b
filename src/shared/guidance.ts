import { GUIDE_ARROWS, GUIDE_STATES, HINT_WEIGHTS } from '@gradshot/domain';
import { z } from 'zod';

/** What the guide says of one frame before the camera. */
export const guidance = z.object({
  faces: z.int(),
  hints: z.array(
    z.object({
      code: z.string(),
      zh: z.string(),
      en: z.string(),
      weight: z.enum(HINT_WEIGHTS),
      arrow: z.enum(GUIDE_ARROWS).optional(),
    }),
  ),
  /** Red, amber, green: something blocks, something to correct, all is well. */
  state: z.enum(GUIDE_STATES),
  rating: z
    .object({
      eyesOpen: z.number().nullable(),
      sharpness: z.number().nullable(),
      tiltDeg: z.number(),
    })
    .optional(),
  head: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .optional(),
  pose: z.object({ rollDeg: z.number(), yawDeg: z.number(), pitchDeg: z.number() }).optional(),
});
export type GuidanceView = z.infer<typeof guidance>;
