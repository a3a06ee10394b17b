import { onSiteRecord } from '@gradshot/contract';
import type { OnSiteRecord } from '@gradshot/domain';
import type { Vault } from '../../ports/ground/vault.ts';
import type { PhotoRecord } from '../../ports/photos/photo-repository.ts';

/** 现场核对: what the station's staff said about a photo, sealed in the photo's row. */

export function sealOnSite(vault: Vault, photoId: string, record: OnSiteRecord): Uint8Array {
  return vault.seal(JSON.stringify(record), contextOf(photoId));
}

/**
 * `unreadable`: damaged, or with words that this version does not know. The photo can be judged without,
 * and must not hold up those behind it.
 */
export function openOnSite(
  vault: Vault,
  { id, onSiteSealed }: Pick<PhotoRecord, 'id' | 'onSiteSealed'>,
): OnSiteRecord | 'unreadable' | undefined {
  if (!onSiteSealed) return undefined;
  try {
    return onSiteRecord.parse(JSON.parse(vault.open(onSiteSealed, contextOf(id))));
  } catch {
    return 'unreadable';
  }
}

const contextOf = (photoId: string) => `photos.onSite:${photoId}`;
