import { randomUUID } from 'node:crypto';
import type { ApprovalWithdrawal, OrderDetail } from '@gradshot/contract';
import { fail, ok, type RefusalReason, type Result, transition } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PublishingRows } from '../../ports/publishing/publishing-repository.ts';
import type { ReviewRows } from '../../ports/review/review-repository.ts';
import type { WithdrawalRows, WithdrawalView } from '../../ports/review/withdrawal-repository.ts';
import type { CalendarRows } from '../../ports/schools/calendar-repository.ts';
import { orderDetail } from '../order-life/order-detail.ts';
import { applyOrderEvent, type OrderChangeRows } from '../order-life/order-events.ts';
import { workCalendar } from '../school-time/work-calendar.ts';
import { addWorkingDays, REVIEW_WORKING_DAYS } from './working-days.ts';

type Rows = CalendarRows &
  OrderChangeRows &
  PublishingRows &
  ReviewRows &
  StudentRows &
  WithdrawalRows;
type Needs = Stored<Rows> & { readonly clock: Clock; readonly vault: Vault };

type Wish = { readonly reason: string; readonly goal: 'review' | 'retake' };
type Decision = { readonly withdrawalId: string; readonly approve: boolean };
type OrderId = Pick<OrderRecord, 'id'>;

/** 撤销通过, until the photo is on its way to 学信网: one asks, another decides. */
export type ApprovalWithdrawals = {
  /**
   * Failures: `order.transitionForbidden`, a closed order's, `publishing.inOpenBatch`,
   * `approval.withdrawalAsked`.
   */
  ask(caller: StaffCaller, order: OrderId, wish: Wish): Promise<Result<ApprovalWithdrawal>>;
  /** The same decision again is success. Failures: as above, `staff.ownRequest`, `approval.notAsked`. */
  decide(caller: StaffCaller, order: OrderId, decision: Decision): Promise<Result<OrderDetail>>;
};

const reasonContext = (id: string) => `approvalWithdrawals.reason:${id}`;

export function withdrawalView(vault: Vault, withdrawal: WithdrawalView): ApprovalWithdrawal {
  const { id, decidedByName, decidedAt } = withdrawal;
  return {
    withdrawalId: id,
    askedBy: withdrawal.askedByName,
    askedById: withdrawal.askedBy,
    askedAt: withdrawal.askedAt.toISOString(),
    reason: vault.open(withdrawal.reasonSealed, reasonContext(id)),
    ...{ goal: withdrawal.goal, state: withdrawal.state },
    ...(decidedByName ? { decidedBy: decidedByName } : {}),
    ...(decidedAt ? { decidedAt: decidedAt.toISOString() } : {}),
  };
}

export function createApprovalWithdrawals(environment: Needs): ApprovalWithdrawals {
  const { storage } = environment;
  return {
    ask: (caller, { id }, wish) =>
      storage.transaction((repositories) => ask(environment, repositories, { caller, id, wish })),
    async decide(caller, { id }, decision) {
      const decided = await storage.transaction((repositories) =>
        decide(environment, repositories, { caller, id, decision }),
      );
      return decided.ok ? ok(await orderDetail(environment, id)) : decided;
    },
  };
}

const EVENTS = { review: 'returnToReview', retake: 'revokeApproval' } as const;

/** The order with its photo, if its approval can be withdrawn now. */
async function withdrawable(
  { orders, publishing }: Rows,
  id: string,
): Promise<Result<OrderRecord & { readonly photoId: string }>> {
  const order = await orders.lock(id);
  if (!order) return fail('order.notFound');
  const { photoId } = order;
  // First: it says what to do, where the state would only say that it is too late.
  const batch = photoId ? await publishing.openBatchOf(photoId) : undefined;
  if (batch !== undefined) return fail('publishing.inOpenBatch', { batch });
  const possible = transition(order.state, 'returnToReview', 'reviewer');
  if (!possible.ok) return possible;
  if (!photoId) throw new Error(`order ${id} was approved without a photo`);
  return ok({ ...order, photoId });
}

type Asking = { readonly caller: StaffCaller; readonly id: string; readonly wish: Wish };

async function ask(
  { clock, vault }: Needs,
  repositories: Rows,
  { caller, id, wish }: Asking,
): Promise<Result<ApprovalWithdrawal>> {
  const order = await withdrawable(repositories, id);
  if (!order.ok) return order;
  const withdrawalId = randomUUID();
  const inserted = await repositories.withdrawals.insert({
    ...{ id: withdrawalId, orderId: id, photoId: order.value.photoId },
    ...{ askedBy: caller.staffId, askedAt: clock(), goal: wish.goal, state: 'asked' },
    reasonSealed: vault.seal(wish.reason, reasonContext(withdrawalId)),
    ...{ decidedBy: null, decidedAt: null },
  });
  if (!inserted) return fail('approval.withdrawalAsked');
  const [view] = await repositories.withdrawals.listOfOrder(id);
  return view ? ok(withdrawalView(vault, view)) : fail('approval.notAsked');
}

type Deciding = { readonly caller: StaffCaller; readonly id: string; readonly decision: Decision };

async function decide(
  environment: Needs,
  repositories: Rows,
  { caller, id, decision }: Deciding,
): Promise<Result<void>> {
  if (!(await repositories.orders.lock(id))) return fail('order.notFound');
  const all = await repositories.withdrawals.listOfOrder(id);
  const asked = all.find((withdrawal) => withdrawal.id === decision.withdrawalId);
  if (!asked) return fail('approval.notAsked');
  const state = decision.approve ? 'approved' : 'declined';
  if (asked.state === state && asked.decidedBy === caller.staffId) return ok(undefined);
  if (asked.state !== 'asked') return fail('approval.notAsked');
  // To take one's own wish back needs nobody else.
  if (decision.approve && asked.askedBy === caller.staffId) return fail('staff.ownRequest');
  const at = environment.clock();
  if (decision.approve) {
    const order = await withdrawable(repositories, id);
    if (!order.ok) return order;
    await withdraw(environment, repositories, order.value, asked, caller);
  }
  await repositories.withdrawals.decide(asked.id, {
    ...{ state, decidedBy: caller.staffId, decidedAt: at },
  });
  return ok(undefined);
}

async function withdraw(
  { clock, vault }: Needs,
  repositories: Rows,
  order: OrderRecord & { readonly photoId: string },
  asked: WithdrawalView,
  { staffId }: StaffCaller,
): Promise<void> {
  const at = clock();
  const reason = vault.open(asked.reasonSealed, reasonContext(asked.id));
  const again = asked.goal === 'review';
  const calendar = workCalendar(await repositories.calendar.specialDays());
  // A photo that a reviewer has decided on is offered to nobody.
  if (again) await repositories.reviews.removeDecision(order.photoId);
  const moved = await applyOrderEvent(repositories, order, {
    ...{ event: EVENTS[asked.goal], actor: 'reviewer', actorId: staffId, at },
    details: { withdrawalId: asked.id, askedBy: asked.askedBy },
    patch: {
      reasons: again ? [] : [toldReason(reason)],
      promisedAt: again ? addWorkingDays(at, REVIEW_WORKING_DAYS, calendar) : null,
    },
  });
  if (!moved.ok) throw new Error(`order ${order.id} kept its approval: ${moved.error.code}`);
}

const toldReason = (reason: string): RefusalReason => ({
  code: 'withdrawn',
  zh: reason,
  en: reason,
});
