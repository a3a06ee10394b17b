import type { ReviewItem } from '@gradshot/contract';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import type { PhotoRecord, PhotoRows } from '../../ports/photos/photo-repository.ts';
import type {
  ReviewDecision,
  ReviewLease,
  ReviewRows,
} from '../../ports/review/review-repository.ts';
import type { RosterLookupRows } from '../../ports/rosters/roster-repository.ts';
import { detailOf } from '../order-life/order-view.ts';
import { openOnSite } from '../photos/on-site-records.ts';
import { rosterFactsOf } from '../rosters/identity-advice.ts';

type Needs = Stored<OrderRows & PhotoRows & ReviewRows & RosterLookupRows & StudentRows> & {
  readonly vault: Vault;
};

/** Everything a reviewer looks at, but the pictures themselves. */
export async function reviewItemOf(
  environment: Needs,
  lease: ReviewLease,
  leaseSeconds: number,
): Promise<ReviewItem> {
  const { storage } = environment;
  const order = await storage.orders.find(lease.orderId);
  const student = order && (await storage.students.find(order.studentId));
  const photo = await storage.photos.find(lease.photoId);
  if (!student || !photo) throw new Error(`order ${lease.orderId}: record or photo vanished`);
  const onSite = openOnSite(environment.vault, photo);
  const decisions = await storage.reviews.decisionsOf(order.id);
  return {
    leaseId: lease.leaseId,
    leaseExpiresAt: lease.expiresAt.toISOString(),
    leaseSeconds,
    order: detailOf(order, student, await storage.orders.history(order.id)),
    ...photoFacts(photo),
    ...(onSite === 'unreadable' ? { onSiteUnreadable: true } : onSite && { onSite }),
    original: {
      sha256: photo.originalSha256,
      width: photo.originalWidth ?? 0,
      height: photo.originalHeight ?? 0,
    },
    ...(await rosterFactsOf(environment, order.id, photo.id)),
    earlier: decisions
      .filter(({ decision, heldUntil }) => decision === 'rejected' && !heldUntil)
      .map(earlierOf),
  };
}

function photoFacts(
  photo: PhotoRecord,
): Pick<ReviewItem, 'photoId' | 'handedInAt' | 'source' | 'standard' | 'report'> {
  const { standardSha256, standardBytes, report } = photo;
  if (!standardSha256 || !standardBytes || !report)
    throw new Error(`photo ${photo.id} is under review without a standard photo`);
  return {
    photoId: photo.id,
    handedInAt: (photo.handedInAt ?? photo.uploadedAt).toISOString(),
    source: photo.uploadedBy === 'station' ? 'station' : 'companion',
    standard: { sha256: standardSha256, bytes: standardBytes },
    report,
  };
}

function earlierOf({ at, codes, note }: ReviewDecision): ReviewItem['earlier'][number] {
  return { at: at.toISOString(), codes: [...codes], note };
}
