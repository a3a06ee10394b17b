import { randomUUID } from 'node:crypto';
import type { OrderDetail } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { StudentRows } from '../../ports/eligibility/student-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderView } from '../../ports/order-life/order-repository.ts';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type { PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { RefundRecord, RefundRows } from '../../ports/payments/refund-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import { orderDetail } from '../order-life/order-detail.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { carryOut, settleRefund } from './refund-carrying.ts';

type Rows = OrderChangeRows & PaymentRows & PhotoRows & RefundRows & StudentRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly notifyUrl: () => string;
  readonly payments: PaymentProvider;
};

type Request = { readonly reason: string; readonly idempotencyKey: string };

/** A refund that nobody has heard of for so long is asked about. */
const ASK_AFTER_MS = 60_000;

export type Refunds = {
  /**
   * Returns the fee. The wish is kept before the provider is asked: while the provider is away the
   * order stays 退款中 and the request is repeated. Failures: `order.transitionForbidden`,
   * a closed order's, `request.idempotencyMismatch`, `payment.refundRefused`.
   */
  request(caller: StaffCaller, order: OrderView, request: Request): Promise<Result<OrderDetail>>;
  /** What a verified notification or the provider's own answer says about a refund. */
  settle(outRefundNo: string, outcome: 'succeeded' | 'failed'): Promise<void>;
  /** Repeats and asks about what is open; returns how many were looked at. */
  pursue(limit: number): Promise<number>;
};

export function createRefunds(environment: Needs): Refunds {
  return {
    request: (caller, order, request) => requestRefund(environment, caller, order, request),
    settle: (outRefundNo, outcome) => settleRefund(environment, outRefundNo, outcome),
    async pursue(limit) {
      const before = new Date(environment.clock().getTime() - ASK_AFTER_MS);
      const open = await environment.storage.refunds.listOpen(before, limit);
      for (const refund of open) await carryOut(environment, refund);
      return open.length;
    },
  };
}

async function requestRefund(
  environment: Needs,
  caller: StaffCaller,
  order: OrderView,
  request: Request,
): Promise<Result<OrderDetail>> {
  const kept = await environment.storage.transaction((repositories) =>
    keep(environment, repositories, { caller, orderId: order.id, request }),
  );
  if (!kept.ok) return kept;
  const carried = await carryOut(environment, kept.value);
  return carried.ok ? ok(await orderDetail(environment, order.id)) : carried;
}

type Wish = {
  readonly caller: StaffCaller;
  readonly orderId: string;
  readonly request: Request;
};

/** The order becomes 退款中 and the refund is written down, together. */
async function keep(
  { clock }: Needs,
  repositories: Rows,
  { caller, orderId, request }: Wish,
): Promise<Result<RefundRecord>> {
  const order = await repositories.orders.lock(orderId);
  if (!order) return fail('order.notFound');
  const known = await repositories.refunds.findByKey(request.idempotencyKey);
  if (known)
    return known.orderId === orderId && known.purpose === 'order'
      ? ok(known)
      : fail('request.idempotencyMismatch');
  const at = clock();
  const moved = await applyOrderEvent(repositories, order, {
    event: 'requestRefund',
    actor: 'staff',
    actorId: caller.staffId,
    at,
    details: { reason: request.reason },
  });
  if (!moved.ok) return moved;
  const payments = await repositories.payments.listOfOrder(orderId);
  const paid = payments.find(({ state, refundDue }) => state === 'paid' && !refundDue);
  const id = randomUUID();
  const refund: RefundRecord = {
    id,
    key: request.idempotencyKey,
    orderId,
    paymentId: paid?.id ?? null,
    outRefundNo: id.replaceAll('-', ''),
    amountFen: paid?.amountFen ?? 0,
    reason: request.reason,
    state: 'requested',
    staffId: caller.staffId,
    purpose: 'order',
    byHandReference: null,
    createdAt: at,
    updatedAt: at,
  };
  await repositories.refunds.insert(refund);
  // What was paid in cash goes back by hand, and is owed until somebody has noted that.
  if (paid?.method === 'cash')
    await repositories.payments.update(paid.id, { refundDue: true, refundCause: 'cash' });
  return ok(refund);
}
