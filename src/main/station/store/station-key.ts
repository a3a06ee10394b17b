import type { ObjectStore } from '@gradshot/storage';
import { StationStartError } from '../api.ts';
import type { FoundIdentity } from './identity-file.ts';

/** Pictures that are looked at; one would do, but some may be damaged. */
const SAMPLE = 24;

/**
 * What the files beside the database say of the key. A wrong key opens nothing, damage spares most:
 * where anything opens, the key is right and what does not open is damaged.
 */
export type KeyEvidence = 'right' | 'wrong' | 'none';

export async function lookForKey(
  identity: FoundIdentity,
  objects: Pick<ObjectStore, 'get'>,
  addresses: readonly string[],
): Promise<KeyEvidence> {
  if (typeof identity === 'object') return 'right';
  for (const sha256 of addresses.slice(0, SAMPLE)) if (await opens(objects, sha256)) return 'right';
  return identity === 'damaged' || addresses.length > 0 ? 'wrong' : 'none';
}

async function opens(objects: Pick<ObjectStore, 'get'>, sha256: string): Promise<boolean> {
  return objects.get(sha256).then(
    (bytes) => bytes !== undefined,
    () => false,
  );
}

export function keyMismatch(): StationStartError {
  return new StationStartError({ code: 'station.keyMismatch' });
}
