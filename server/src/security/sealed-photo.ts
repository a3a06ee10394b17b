import { type LabelledPhoto, photoLabel } from '@gradshot/contract';
import { bytesOf, labelOf } from '@gradshot/storage';

/** A photo as it lay on its station's disk. */
export type SealedPhoto = {
  readonly photoId: string;
  readonly originalSha256: string;
  readonly standardSha256: string;
  readonly original: Uint8Array;
  readonly standard: Uint8Array;
};

/** What the standard photo's label says, sealed together with it. */
export type StandardLabel = Extract<LabelledPhoto, { readonly kind: 'standard' }>;

export type OpenedPhoto = {
  readonly label: StandardLabel;
  readonly original: Uint8Array;
  readonly standard: Uint8Array;
};

/**
 * Opens both pictures and the label that binds them to a photo. Undefined when anything is cut short,
 * altered, sealed by another key, or belongs to another photo.
 */
export function openSealedPhoto(key: Uint8Array, sealed: SealedPhoto): OpenedPhoto | undefined {
  const { originalSha256, standardSha256 } = sealed;
  try {
    const label = labelFor(sealed, labelOf(key, standardSha256, sealed.standard));
    if (!label) return undefined;
    return {
      label,
      original: bytesOf(key, originalSha256, sealed.original),
      standard: bytesOf(key, standardSha256, sealed.standard),
    };
  } catch {
    return undefined;
  }
}

function labelFor(
  { photoId, originalSha256, standardSha256 }: SealedPhoto,
  bytes: Buffer | undefined,
): StandardLabel | undefined {
  if (!bytes) return undefined;
  const { photos } = photoLabel.parse(JSON.parse(bytes.toString('utf8')));
  return photos.find(
    (photo): photo is StandardLabel =>
      photo.kind === 'standard' &&
      photo.photoId === photoId &&
      photo.originalSha256 === originalSha256 &&
      photo.standardSha256 === standardSha256,
  );
}
