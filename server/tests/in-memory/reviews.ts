import { isWithin, type SchoolScope } from '../../src/ports/access/school-scope.ts';
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
    async leaseOldest(lease, scope) {
      const passedAt = ({ orderId }: { readonly orderId: string }) =>
        tables.reviewPasses.get(passKey(lease.staffId, orderId))?.at.getTime() ?? 0;
      const [oldest] = sortedBy(waiting(tables, lease.takenAt, scope), passedAt);
      if (!oldest) return undefined;
      const taken: ReviewLease = { ...lease, ...oldest };
      tables.reviewLeases.set(taken.orderId, taken);
      return taken;
    },
    countWaiting: async (now, scope) => waiting(tables, now, scope).length,
    ...leaseMethods(tables),
    findDecision: async (photoId) => reviewDecisions.get(photoId),
    addDecision: async (decision) => insertNew(reviewDecisions, decision.photoId, decision),
    dueDecisions: async (now, limit) =>
      sortedBy(
        rowsOf(reviewDecisions, ({ heldUntil }) => heldUntil !== null && heldUntil <= now),
        ({ heldUntil }) => heldUntil?.getTime() ?? 0,
      )
        .slice(0, limit)
        .map(({ photoId, orderId }) => ({ photoId, orderId })),
    endHold: async (photoId) => patch(reviewDecisions, photoId, { heldUntil: null }),
    async removeDecision(photoId) {
      reviewDecisions.delete(photoId);
    },
    decisionsOf: async (orderId) =>
      newestFirst(
        rowsOf(reviewDecisions, (decision) => decision.orderId === orderId),
        ({ at }) => at,
      ),
  };
}

const passKey = (staffId: string, orderId: string) => `${staffId} ${orderId}`;

/** Undecided orders that nobody holds, in the order in which their photos were handed in. */
function waiting(
  { orders, photos, reviewLeases, reviewDecisions }: Tables,
  now: Date,
  scope: SchoolScope,
) {
  const free = rowsOf(orders, ({ id, state, schoolId }) => {
    const lease = reviewLeases.get(id);
    return (
      isWithin(scope, schoolId) && state === 'underReview' && !(lease && lease.expiresAt > now)
    );
  });
  const found = free.flatMap((order) => {
    const photo = photos.get(order.photoId ?? '');
    return photo && !reviewDecisions.has(photo.id)
      ? [{ orderId: order.id, photoId: photo.id, handedInAt: photo.handedInAt }]
      : [];
  });
  return sortedBy(
    found,
    ({ handedInAt }) => handedInAt?.getTime() ?? Number.POSITIVE_INFINITY,
    ({ orderId }) => orderId,
  ).map(({ orderId, photoId }) => ({ orderId, photoId }));
}

type LeaseMethods =
  | 'leasesOf'
  | 'lease'
  | 'notePass'
  | 'forgetPasses'
  | 'lockLease'
  | 'extendLease'
  | 'dropLease'
  | 'releaseLease'
  | 'releaseLeasesOf';

function leaseMethods({
  reviewLeases,
  reviewPasses,
}: Tables): Pick<ReviewRepository, LeaseMethods> {
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
    async lease(lease) {
      const held = reviewLeases.get(lease.orderId);
      if (held && held.expiresAt > lease.takenAt) return false;
      reviewLeases.set(lease.orderId, lease);
      return true;
    },
    async notePass(pass) {
      reviewPasses.set(passKey(pass.staffId, pass.orderId), pass);
    },
    forgetPasses: async (before) => deleteWhere(reviewPasses, ({ at }) => at < before),
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
      return find(lease) !== undefined && reviewLeases.delete(lease.orderId);
    },
    releaseLeasesOf: async (staffId) =>
      deleteWhere(reviewLeases, (lease) => lease.staffId === staffId),
  };
}
