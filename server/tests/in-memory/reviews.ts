import type { ReviewLease, ReviewRepository } from '../../src/ports/review/review-repository.ts';
import {
  deleteWhere,
  insertNew,
  newestFirst,
  patch,
  rowsOf,
  sortedBy,
  type Tables,
} from './tables.ts';

export function inMemoryReviews(tables: Tables): ReviewRepository {
  const { reviewDecisions } = tables;
  return {
    async leaseOldest(lease) {
      const [oldest] = waiting(tables, lease.takenAt);
      if (!oldest) return undefined;
      const taken: ReviewLease = { ...lease, ...oldest };
      tables.reviewLeases.set(taken.orderId, taken);
      return taken;
    },
    countWaiting: async (now) => waiting(tables, now).length,
    ...leaseMethods(tables),
    findDecision: async (photoId) => reviewDecisions.get(photoId),
    addDecision: async (decision) => insertNew(reviewDecisions, decision.photoId, decision),
    decisionsOf: async (orderId) =>
      newestFirst(
        rowsOf(reviewDecisions, (decision) => decision.orderId === orderId),
        ({ at }) => at,
      ),
  };
}

/** Orders under review that nobody holds, in the order in which their photos were handed in. */
function waiting({ orders, photos, reviewLeases }: Tables, now: Date) {
  const free = rowsOf(orders, ({ id, state }) => {
    const lease = reviewLeases.get(id);
    return state === 'underReview' && !(lease && lease.expiresAt > now);
  });
  const found = free.flatMap((order) => {
    const photo = photos.get(order.photoId ?? '');
    return photo ? [{ orderId: order.id, photoId: photo.id, handedInAt: photo.handedInAt }] : [];
  });
  return sortedBy(
    found,
    ({ handedInAt }) => handedInAt?.getTime() ?? Number.POSITIVE_INFINITY,
    ({ orderId }) => orderId,
  ).map(({ orderId, photoId }) => ({ orderId, photoId }));
}

type LeaseMethods =
  | 'leasesOf'
  | 'lockLease'
  | 'extendLease'
  | 'dropLease'
  | 'releaseLease'
  | 'releaseLeasesOf';

function leaseMethods({ reviewLeases }: Tables): Pick<ReviewRepository, LeaseMethods> {
  const find = ({
    orderId,
    leaseId,
    staffId,
  }: Pick<ReviewLease, 'orderId' | 'leaseId' | 'staffId'>) => {
    const lease = reviewLeases.get(orderId);
    return lease?.leaseId === leaseId && lease.staffId === staffId ? lease : undefined;
  };
  return {
    leasesOf: async (staffId, now) =>
      sortedBy(
        rowsOf(reviewLeases, (lease) => lease.staffId === staffId && lease.expiresAt > now),
        ({ takenAt }) => takenAt,
        ({ leaseId }) => leaseId,
      ),
    lockLease: async (orderId) => reviewLeases.get(orderId),
    async extendLease(lease, now, expiresAt) {
      const held = find(lease);
      if (!held || held.expiresAt <= now) return false;
      patch(reviewLeases, lease.orderId, { expiresAt });
      return true;
    },
    async dropLease(orderId) {
      reviewLeases.delete(orderId);
    },
    async releaseLease(lease) {
      if (find(lease)) reviewLeases.delete(lease.orderId);
    },
    releaseLeasesOf: async (staffId) =>
      deleteWhere(reviewLeases, (lease) => lease.staffId === staffId),
  };
}
