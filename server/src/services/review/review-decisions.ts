import { randomUUID } from 'node:crypto';
import type { RouteOutput } from '@gradshot/contract';
import {
  CLOSED_ORDER_CODES,
  type ErrorCode,
  fail,
  findRejectionReason,
  ok,
  type RefusalReason,
  type Result,
  transition,
} from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { ReviewDecision, ReviewRows } from '../../ports/review/review-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { leaseEnd } from './review-queue.ts';

type Rows = OrderChangeRows & ReviewRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly reviewHoldMs: number;
};

/** A reviewer notices a slip while looking at the next photo or the one after it. */
export const REVIEW_HOLD_SECONDS = 60;

export type Judgement = {
  readonly orderId: string;
  readonly leaseId: string;
  readonly photoId: string;
} & (
  | { readonly decision: 'approved' }
  | {
      readonly decision: 'rejected';
      readonly codes: readonly string[];
      /** Read by the graduate; may be empty. */
      readonly note: string;
    }
);

export type ReviewDecisions = {
  /**
   * Decides a photo under a lease. The decision is held for a while, in which the order does not move
   * and the graduate hears nothing. The same decision under the same lease again is success.
   * Failures: `review.decided`, `review.leaseLost`, `order.transitionForbidden`, a closed order's.
   */
  decide(caller: StaffCaller, judgement: Judgement): Promise<Result<RouteOutput<'approveReview'>>>;
  /**
   * Takes one's own decision back while it is held; the photo is this reviewer's again, before
   * all others. Again it is success. Failure: `review.inEffect`.
   */
  takeBack(caller: StaffCaller, orderId: string): Promise<Result<void>>;
  /** Carries out what has been held long enough. */
  carryOut(limit: number): Promise<void>;
};

export function createReviewDecisions(environment: Needs): ReviewDecisions {
  return {
    decide: (caller, judgement) =>
      environment.storage.transaction((repositories) =>
        decide(environment, repositories, caller, judgement),
      ),
    takeBack: ({ staffId }, orderId) =>
      environment.storage.transaction((repositories) =>
        takeBack(environment, repositories, staffId, orderId),
      ),
    async carryOut(limit) {
      const due = await environment.storage.reviews.dueDecisions(environment.clock(), limit);
      for (const { orderId, photoId } of due)
        await environment.storage
          .transaction((repositories) => carryOut(environment, repositories, orderId, photoId))
          // One that cannot be carried out holds up no other.
          .catch((error: Error) =>
            environment.log.error({ err: error, orderId }, 'a decision waits to be carried out'),
          );
    },
  };
}

/** Order, history, change feed, decision and lease change together, under the order's lock. */
async function decide(
  { clock, reviewHoldMs }: Needs,
  repositories: Rows,
  caller: StaffCaller,
  judgement: Judgement,
): Promise<Result<RouteOutput<'approveReview'>>> {
  const order = await repositories.orders.lock(judgement.orderId);
  if (!order) return fail('order.notFound');
  const known = await repositories.reviews.findDecision(judgement.photoId);
  if (known) return decidedBefore(order, known, judgement);
  const at = clock();
  const held = await holds(repositories, caller, judgement, at);
  if (!held.ok) return refusal(order, held);
  const possible = transition(order.state, eventOf(judgement), 'reviewer');
  if (!possible.ok) return possible;
  const heldUntil = reviewHoldMs > 0 ? new Date(at.getTime() + reviewHoldMs) : null;
  const decision = recordOf(caller, judgement, at, heldUntil);
  await repositories.reviews.addDecision(decision);
  await repositories.reviews.dropLease(order.id);
  if (!heldUntil) await move(repositories, order, decision, at);
  return ok(answerOf(order.id, decision));
}

/** Under the order's lock, which the reviewer's taking back waits for. */
async function carryOut(
  { clock, log }: Needs,
  repositories: Rows,
  orderId: string,
  photoId: string,
): Promise<void> {
  const order = await repositories.orders.lock(orderId);
  const decision = await repositories.reviews.findDecision(photoId);
  if (!order || !decision?.heldUntil || decision.heldUntil > clock()) return;
  if (order.photoId !== photoId || !transition(order.state, eventOf(decision), 'reviewer').ok) {
    log.warn({ orderId, photoId, state: order.state }, 'a decision had nothing left to decide');
    return repositories.reviews.removeDecision(photoId);
  }
  await repositories.reviews.endHold(photoId);
  await move(repositories, order, decision, clock());
}

async function takeBack(
  { clock }: Needs,
  { orders, reviews }: Rows,
  staffId: string,
  orderId: string,
): Promise<Result<void>> {
  const order = await orders.lock(orderId);
  if (!order) return fail('order.notFound');
  const at = clock();
  const held = (await reviews.decisionsOf(orderId)).find(
    (decision) => decision.photoId === order.photoId,
  );
  if (!held) return (await holdsNow(reviews, staffId, orderId, at)) ? ok(undefined) : lost();
  if (held.staffId !== staffId) return lost();
  if (!held.heldUntil) return fail('review.inEffect');
  await reviews.removeDecision(held.photoId);
  const [first] = await reviews.leasesOf(staffId, at);
  // Before the photo in hand, so that it is the one that a claim gives.
  const takenAt = first && first.takenAt <= at ? new Date(first.takenAt.getTime() - 1) : at;
  const lease = { orderId, photoId: held.photoId, leaseId: randomUUID(), staffId };
  const leased = await reviews.lease({ ...lease, takenAt, expiresAt: leaseEnd(at) });
  return leased ? ok(undefined) : lost();
}

const lost = () => fail('review.leaseLost');

async function holdsNow(
  reviews: ReviewRows['reviews'],
  staffId: string,
  orderId: string,
  now: Date,
): Promise<boolean> {
  const leases = await reviews.leasesOf(staffId, now);
  return leases.some((lease) => lease.orderId === orderId);
}

function decidedBefore(
  order: OrderRecord,
  known: ReviewDecision,
  judgement: Judgement,
): Result<RouteOutput<'approveReview'>> {
  const same =
    known.orderId === judgement.orderId &&
    known.leaseId === judgement.leaseId &&
    known.decision === judgement.decision &&
    sameReasons(known, judgement);
  if (!same) return fail('review.decided');
  return ok(answerOf(order.id, known));
}

/** An order whose decision is held is under review for everybody else. */
function answerOf(
  orderId: string,
  { decision, at, heldUntil }: ReviewDecision,
): RouteOutput<'approveReview'> {
  const state = heldUntil ? 'underReview' : decision === 'approved' ? 'collected' : 'rejected';
  return {
    ...{ orderId, state, decidedAt: at.toISOString() },
    ...(heldUntil && { heldUntil: heldUntil.toISOString() }),
  };
}

const eventOf = ({ decision }: Pick<ReviewDecision, 'decision'>) =>
  decision === 'rejected' ? 'reject' : 'approve';

function sameReasons(known: ReviewDecision, judgement: Judgement): boolean {
  if (judgement.decision === 'approved') return true;
  const codes = (list: readonly string[]) => [...list].sort().join();
  return codes(known.codes) === codes(judgement.codes) && known.note === judgement.note;
}

async function holds(
  { reviews }: Rows,
  { staffId }: StaffCaller,
  { orderId, leaseId, photoId }: Judgement,
  now: Date,
): Promise<Result<void>> {
  const lease = await reviews.lockLease(orderId);
  const mine =
    lease?.leaseId === leaseId &&
    lease.staffId === staffId &&
    lease.photoId === photoId &&
    lease.expiresAt > now;
  return mine ? ok(undefined) : fail('review.leaseLost');
}

const isClosed = (code: ErrorCode) => (CLOSED_ORDER_CODES as readonly ErrorCode[]).includes(code);

/** An order that is closed says so, whoever asks with whatever lease. */
function refusal(order: OrderRecord, lost: Result<never> | Result<void>): Result<never> {
  const possible = transition(order.state, 'approve', 'reviewer');
  if (!possible.ok && isClosed(possible.error.code)) return possible;
  return lost.ok ? fail('review.leaseLost') : lost;
}

async function move(
  repositories: Rows,
  order: OrderRecord,
  decision: ReviewDecision,
  at: Date,
): Promise<void> {
  const rejected = decision.decision === 'rejected';
  const moved = await applyOrderEvent(repositories, order, {
    event: eventOf(decision),
    actor: 'reviewer',
    actorId: decision.staffId,
    at,
    details: {
      photoId: decision.photoId,
      ...(rejected ? { codes: decision.codes.join() } : {}),
    },
    patch: { reasons: rejected ? reasonsOf(decision) : [], promisedAt: null },
  });
  if (!moved.ok) throw new Error(`order ${order.id} took no decision: ${moved.error.code}`);
}

/** In the catalogue's words; the reviewer's own note stands last. */
function reasonsOf({
  codes,
  note,
}: {
  readonly codes: readonly string[];
  readonly note: string;
}): readonly RefusalReason[] {
  const catalogue = [...new Set(codes)].flatMap((code) => {
    const reason = findRejectionReason(code);
    return reason ? [{ code: reason.code, zh: reason.zh, en: reason.en }] : [];
  });
  return note ? [...catalogue, { code: 'note', zh: note, en: note }] : catalogue;
}

function recordOf(
  { staffId }: StaffCaller,
  judgement: Judgement,
  at: Date,
  heldUntil: Date | null,
): ReviewDecision {
  const { photoId, orderId, leaseId, decision } = judgement;
  const rejected = judgement.decision === 'rejected';
  return {
    photoId,
    orderId,
    leaseId,
    staffId,
    decision,
    codes: rejected ? judgement.codes : [],
    note: rejected ? judgement.note : '',
    at,
    heldUntil,
  };
}
