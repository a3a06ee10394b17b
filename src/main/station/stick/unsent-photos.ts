import type { OfflineVisitTable } from '../store/offline-visit-table.ts';
import type { PhotoRow, PhotoTable } from '../store/photo-table.ts';
import type { PictureVault } from '../store/picture-vault.ts';

/** A photo that the server may not have yet, and that an ordinary delivery would bring it. */
export type UnsentPhoto = PhotoRow & { readonly standardSha256: string };

type PhotoTables = { readonly photos: PhotoTable; readonly offlineVisits: OfflineVisitTable };

/**
 * Handed in or accepted, and not arrived; in the order in which they were taken. What lies in
 * quarantine is not among them: the repair at start puts back every labelled photo that is whole, so
 * what is left there is damaged, lacks its other picture, or was overtaken by a later shot.
 */
export function unsentPhotos({ photos, offlineVisits }: PhotoTables): readonly UnsentPhoto[] {
  return photos.unfinished().filter(
    (row): row is UnsentPhoto =>
      row.standardSha256 !== undefined &&
      // What was taken offline waits for 提交 before anything of it leaves.
      (row.step === 'handedIn' || (row.accepted === true && !offlineVisits.find(row.orderId))),
  );
}

export type SealedPair = { readonly original: Buffer; readonly standard: Buffer };

/** The sealed objects of a photo; undefined when they are gone or cannot be opened. */
export async function sealedPair(
  vault: PictureVault,
  { originalSha256, standardSha256 }: UnsentPhoto,
): Promise<SealedPair | undefined> {
  try {
    for (const sha256 of [originalSha256, standardSha256])
      if (!(await vault.read(sha256))) return undefined;
    const original = await vault.sealed(originalSha256);
    const standard = await vault.sealed(standardSha256);
    const { kind } = await vault.label(standardSha256);
    return original && standard && kind === 'labelled' ? { original, standard } : undefined;
  } catch {
    return undefined;
  }
}
