import type { PhotoProfile } from '@gradshot/domain';
import sharp from 'sharp';
import type { LoadedModels } from '../runtime/load-models.ts';
import { guideFrame } from './guide-frame.ts';

export type GuidanceSpeed = { readonly medianMs: number; readonly framesPerSecond: number };

const WARM_UP = 5;

/**
 * Times live guidance on one preview frame (JPEG), frame after frame. For one core, load the
 * models with `threads: 1`.
 */
export async function measureGuidance(
  models: LoadedModels,
  frame: Uint8Array,
  profile: PhotoProfile,
  frames = 40,
): Promise<GuidanceSpeed> {
  const threads = sharp.concurrency();
  sharp.concurrency(1);
  const times: number[] = [];
  for (let i = -WARM_UP; i < frames; i++) {
    const started = performance.now();
    await guideFrame(models, frame, profile);
    if (i >= 0) times.push(performance.now() - started);
  }
  sharp.concurrency(threads);
  const medianMs = times.sort((a, b) => a - b)[frames >> 1]!;
  return { medianMs, framesPerSecond: 1000 / medianMs };
}
