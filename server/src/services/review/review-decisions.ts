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
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { ReviewDecision, ReviewRows } from '../../ports/review/review-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';

type Rows = OrderChangeRows & ReviewRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
};

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
   * Decides a photo under a lease. The same decision under the same lease again is success.
   * Failures: `review.decided`, `review.leaseLost`, `order.transitionForbidden`, a closed order's.
   */
  decide(caller: StaffCaller, judgement: Judgement): Promise<Result<RouteOutput<'approveReview'>>>;
};

export function createReviewDecisions(environment: Needs): ReviewDecisions {
  return {
    decide: (caller, judgement) =>
      environment.storage.transaction((repositories) =>
        decide(environment, repositories, caller, judgement),
      ),
  };
}

/** Order, history, change feed, decision and lease change together, under the order's lock. */
async function decide(
  { clock }: Needs,
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
  const moved = await move(repositories, order, caller, judgement, at);
  if (!moved.ok) return moved;
  await repositories.reviews.addDecision(recordOf(caller, judgement, at));
  await repositories.reviews.dropLease(order.id);
  return ok({ orderId: order.id, state: moved.value.state, decidedAt: at.toISOString() });
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
  const state = known.decision === 'approved' ? 'collected' : 'rejected';
  return ok({ orderId: order.id, state, decidedAt: known.at.toISOString() });
}

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

function move(
  repositories: Rows,
  order: OrderRecord,
  { staffId }: StaffCaller,
  judgement: Judgement,
  at: Date,
): Promise<Result<OrderRecord>> {
  const rejected = judgement.decision === 'rejected';
  return applyOrderEvent(repositories, order, {
    event: rejected ? 'reject' : 'approve',
    actor: 'reviewer',
    actorId: staffId,
    at,
    details: {
      photoId: judgement.photoId,
      ...(rejected ? { codes: judgement.codes.join() } : {}),
    },
    patch: { reasons: rejected ? reasonsOf(judgement) : [], promisedAt: null },
  });
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

function recordOf({ staffId }: StaffCaller, judgement: Judgement, at: Date): ReviewDecision {
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
  };
}
