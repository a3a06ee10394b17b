import { randomUUID } from 'node:crypto';
import type { ReviewItem, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRows } from '../../ports/order-life/order-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { ReviewLease, ReviewRows } from '../../ports/review/review-repository.ts';
import type { RosterLookupRows } from '../../ports/rosters/roster-repository.ts';
import { reviewItemOf } from './review-view.ts';

type Rows = OrderRows & PhotoRows & ReviewRows & RosterLookupRows & StudentRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** Long enough for a doubtful photo, short enough that a forgotten one is not missed for long. */
export const LEASE_SECONDS = 300;

export type ReviewQueue = {
  /** `ahead`: the one after the photo in hand. */
  claim(caller: StaffCaller, ahead: boolean): Promise<RouteOutput<'claimReview'>>;
  renew(
    caller: StaffCaller,
    lease: { readonly orderId: string; readonly leaseId: string },
  ): Promise<Result<RouteOutput<'renewReview'>>>;
  /** `pass`: it comes to this reviewer again after all others. */
  release(
    caller: StaffCaller,
    lease: { readonly orderId: string; readonly leaseId: string; readonly pass: boolean },
  ): Promise<RouteOutput<'releaseReview'>>;
};

export function createReviewQueue(environment: Needs): ReviewQueue {
  const { storage, clock } = environment;
  const waiting = async ({ schools }: StaffCaller) => ({
    waiting: await storage.reviews.countWaiting(clock(), schools),
  });
  return {
    claim: async (caller, ahead) => ({
      item: await claim(environment, caller, ahead ? 1 : 0),
      ...(await waiting(caller)),
    }),
    async renew({ staffId }, lease) {
      const now = clock();
      const expiresAt = leaseEnd(now);
      const held = await storage.reviews.extendLease({ ...lease, staffId }, now, expiresAt);
      if (!held) return fail('review.leaseLost');
      return ok({ leaseExpiresAt: expiresAt.toISOString(), leaseSeconds: LEASE_SECONDS });
    },
    async release(caller, { pass, ...lease }) {
      const { staffId } = caller;
      const released = await storage.reviews.releaseLease({ ...lease, staffId });
      if (released && pass)
        await storage.reviews.notePass({ staffId, orderId: lease.orderId, at: clock() });
      return waiting(caller);
    },
  };
}

export const leaseEnd = (now: Date) => new Date(now.getTime() + LEASE_SECONDS * 1000);

/** `place`: 0 is the photo in hand, 1 the next. */
async function claim(
  environment: Needs,
  caller: StaffCaller,
  place: number,
): Promise<ReviewItem | null> {
  const lease = await environment.storage.transaction((repositories) =>
    hold(environment, repositories, caller, place),
  );
  if (!lease) return null;
  const item = await reviewItemOf(environment, lease, LEASE_SECONDS);
  await logReading(environment, caller, item);
  return item;
}

/** What staff wrote about somebody is read together with the item: that it was is logged. */
async function logReading(
  { storage, clock }: Needs,
  { kind, staffId }: StaffCaller,
  { order, photoId, onSite }: ReviewItem,
): Promise<void> {
  if (!onSite?.note && !onSite?.release?.text) return;
  await storage.photos.logAccess({
    ...{ at: clock(), caller: kind, callerId: staffId },
    ...{ action: 'readNote', orderId: order.orderId, photoId },
  });
}

async function hold(
  { clock }: Needs,
  { reviews }: Rows,
  { staffId, schools }: StaffCaller,
  place: number,
): Promise<ReviewLease | undefined> {
  const now = clock();
  const expiresAt = leaseEnd(now);
  const held = (await reviews.leasesOf(staffId, now))[place];
  if (held && (await reviews.extendLease(held, now, expiresAt))) return { ...held, expiresAt };
  return reviews.leaseOldest({ leaseId: randomUUID(), staffId, takenAt: now, expiresAt }, schools);
}
