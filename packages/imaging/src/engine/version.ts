import { createHash } from 'node:crypto';
import type { PhotoProfile } from '@gradshot/domain';

/** Raised with every change of code or constants that may change a pixel or a verdict. */
export const ENGINE_VERSION = '1.0.0';

/**
 * Version recorded with a photo: the engine's own and a digest of the whole profile, thresholds
 * included, so that two photos with the same version were made and judged alike.
 */
export function recordedVersion(profile: PhotoProfile): string {
  const digest = createHash('sha256').update(JSON.stringify(profile)).digest('hex');
  return `${ENGINE_VERSION}+${digest.slice(0, 8)}`;
}
