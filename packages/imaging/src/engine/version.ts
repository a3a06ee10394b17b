import { createHash } from 'node:crypto';
import type { PhotoProfile } from '@gradshot/domain';

/** Raised with every change of code or constants that may change a pixel or a verdict. */
export const ENGINE_VERSION = '1.0.4';

/**
 * Version recorded with a photo: the engine's own and a digest of the whole profile, thresholds
 * included, and of all models, so that two photos with the same version were made and judged
 * alike. `models`: role → version, as the report has them.
 */
export function recordedVersion(
  profile: PhotoProfile,
  models: Readonly<Record<string, string>>,
): string {
  const sorted = Object.entries(models).sort(([a], [b]) => (a < b ? -1 : 1));
  const digest = createHash('sha256')
    .update(JSON.stringify([profile, sorted]))
    .digest('hex');
  return `${ENGINE_VERSION}+${digest.slice(0, 8)}`;
}
