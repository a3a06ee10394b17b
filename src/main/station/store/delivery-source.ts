import type { PhotoUpload } from '@gradshot/contract';
import type { OnSiteRecord, Result } from '@gradshot/domain';

/** What the sender needs of a photo; undefined when it was replaced meanwhile. */
export type PhotoForUpload = Pick<PhotoUpload, 'meta' | 'original' | 'standard'>;

export type DeliverySource = {
  /** `photo.notFound` or `photo.unreadable` when the pictures are gone or damaged. */
  photo(photoId: string): Promise<Result<PhotoForUpload | undefined>>;
  isReplaced(photoId: string): boolean;
  /** Whether that photo was taken at this station. */
  isOwn(photoId: string): boolean;
  /** What staff said about the photo. */
  onSite(photoId: string): OnSiteRecord | undefined;
  /** Milliseconds since 1970 by the server's clock. */
  takenAt(photoId: string): number;
};
