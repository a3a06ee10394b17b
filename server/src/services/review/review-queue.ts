import { randomUUID } from 'node:crypto';
import type { ReviewItem, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Environment } from '../../ports/environment.ts';
import type { Repositories } from '../../ports/repositories.ts';
import type { ReviewLease } from '../../ports/review/review-repository.ts';
import { reviewItemOf } from './review-view.ts';

/** Long enough for a doubtful photo, short enough that a forgotten one is not missed for long. */
export const LEASE_SECONDS = 300;

export type ReviewQueue = {
  /** `ahead`: the one after the photo in hand. */
  claim(caller: StaffCaller, ahead: boolean): Promise<RouteOutput<'claimReview'>>;
  renew(
    caller: StaffCaller,
    lease: { readonly orderId: string; readonly leaseId: string },
  ): Promise<Result<RouteOutput<'renewReview'>>>;
  release(
    caller: StaffCaller,
    lease: { readonly orderId: string; readonly leaseId: string },
  ): Promise<RouteOutput<'releaseReview'>>;
};

export function createReviewQueue(environment: Environment): ReviewQueue {
  const { storage, clock } = environment;
  const waiting = async () => ({ waiting: await storage.reviews.countWaiting(clock()) });
  return {
    claim: async (caller, ahead) => ({
      item: await claim(environment, caller, ahead ? 1 : 0),
      ...(await waiting()),
    }),
    async renew({ staffId }, lease) {
      const now = clock();
      const expiresAt = leaseEnd(now);
      const held = await storage.reviews.extendLease({ ...lease, staffId }, now, expiresAt);
      if (!held) return fail('review.leaseLost');
      return ok({ leaseExpiresAt: expiresAt.toISOString(), leaseSeconds: LEASE_SECONDS });
    },
    async release({ staffId }, lease) {
      await storage.reviews.releaseLease({ ...lease, staffId });
      return waiting();
    },
  };
}

const leaseEnd = (now: Date) => new Date(now.getTime() + LEASE_SECONDS * 1000);

/** `place`: 0 is the photo in hand, 1 the next. */
async function claim(
  environment: Environment,
  caller: StaffCaller,
  place: number,
): Promise<ReviewItem | null> {
  const lease = await environment.storage.transaction((repositories) =>
    hold(environment, repositories, caller, place),
  );
  return lease ? reviewItemOf(environment, lease, LEASE_SECONDS) : null;
}

async function hold(
  { clock }: Environment,
  { reviews }: Repositories,
  { staffId }: StaffCaller,
  place: number,
): Promise<ReviewLease | undefined> {
  const now = clock();
  const expiresAt = leaseEnd(now);
  const held = (await reviews.leasesOf(staffId, now))[place];
  if (held && (await reviews.extendLease(held, now, expiresAt))) return { ...held, expiresAt };
  return reviews.leaseOldest({ leaseId: randomUUID(), staffId, takenAt: now, expiresAt });
}
