import { randomUUID } from 'node:crypto';
import type { OrderDetail } from '@gradshot/contract';
import { fail, type OrderEvent, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../ports/caller.ts';
import type { RefundRecord } from '../ports/console-repositories.ts';
import type { Environment } from '../ports/environment.ts';
import type { OrderView, PaymentRecord } from '../ports/records.ts';
import type { Repositories } from '../ports/repositories.ts';
import { orderDetail } from './console-orders.ts';
import { applyOrderEvent } from './order-events.ts';

type Request = { readonly reason: string; readonly idempotencyKey: string };

/** The provider takes 80 bytes of reason. */
const MAX_REASON_BYTES = 80;
/** A refund that nobody has heard of for so long is asked about. */
const ASK_AFTER_MS = 60_000;

export type Refunds = {
  /**
   * Returns the fee. The wish is kept before the provider is asked: while the provider is away the
   * order stays 退款中 and the request is repeated. Failures: `order.transitionForbidden`,
   * `order.locked`, `request.idempotencyMismatch`, `payment.refundRefused`.
   */
  request(caller: StaffCaller, order: OrderView, request: Request): Promise<Result<OrderDetail>>;
  /** What a verified notification or the provider's own answer says about a refund. */
  settle(outRefundNo: string, outcome: 'succeeded' | 'failed'): Promise<void>;
  /** Repeats and asks about what is open; returns how many were looked at. */
  pursue(limit: number): Promise<number>;
};

export function createRefunds(environment: Environment): Refunds {
  return {
    request: (caller, order, request) => requestRefund(environment, caller, order, request),
    async settle(outRefundNo, outcome) {
      const refund = await environment.storage.refunds.findByNumber(outRefundNo);
      if (refund) await settle(environment, refund, outcome);
    },
    async pursue(limit) {
      const before = new Date(environment.clock().getTime() - ASK_AFTER_MS);
      const open = await environment.storage.refunds.listOpen(before, limit);
      for (const refund of open) await carryOut(environment, refund);
      return open.length;
    },
  };
}

async function requestRefund(
  environment: Environment,
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
  { clock }: Environment,
  repositories: Repositories,
  { caller, orderId, request }: Wish,
): Promise<Result<RefundRecord>> {
  const order = await repositories.orders.lock(orderId);
  if (!order) return fail('order.notFound');
  const known = await repositories.refunds.findByKey(request.idempotencyKey);
  if (known) return known.orderId === orderId ? ok(known) : fail('request.idempotencyMismatch');
  const at = clock();
  const moved = await applyOrderEvent(repositories, order, {
    event: 'requestRefund',
    actor: 'staff',
    actorId: caller.staffId,
    at,
    details: { reason: request.reason },
  });
  if (!moved.ok) return moved;
  const payments = await repositories.desk.paymentsOf(orderId);
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
    createdAt: at,
    updatedAt: at,
  };
  await repositories.refunds.insert(refund);
  return ok(refund);
}

/** Asks the provider; repeating it is harmless, because the refund's number stays the same. */
async function carryOut(environment: Environment, refund: RefundRecord): Promise<Result<void>> {
  if (refund.state === 'succeeded' || refund.state === 'failed') return ok(undefined);
  const payment = refund.paymentId
    ? await environment.storage.payments.find(refund.paymentId)
    : undefined;
  if (!payment || refund.amountFen === 0) {
    await settle(environment, refund, 'succeeded');
    return ok(undefined);
  }
  return ask(environment, refund, payment);
}

async function ask(
  environment: Environment,
  refund: RefundRecord,
  payment: PaymentRecord,
): Promise<Result<void>> {
  const answer = await environment.payments.refund({
    outTradeNo: payment.outTradeNo,
    outRefundNo: refund.outRefundNo,
    refundFen: refund.amountFen,
    totalFen: payment.amountFen,
    reason: cutToBytes(refund.reason, MAX_REASON_BYTES),
    notifyUrl: environment.notifyUrl(),
  });
  if (answer.ok) {
    const { state } = answer.value;
    if (state === 'succeeded') await settle(environment, refund, 'succeeded');
    else if (state === 'processing') await touch(environment, refund, 'processing');
    else await settle(environment, refund, 'failed');
    return ok(undefined);
  }
  if (answer.error.code === 'payment.providerUnavailable') {
    await touch(environment, refund, refund.state);
    return ok(undefined);
  }
  await settle(environment, refund, 'failed');
  return answer;
}

/** Whole characters only. */
function cutToBytes(text: string, limit: number): string {
  let cut = '';
  for (const character of text) {
    if (Buffer.byteLength(cut + character) > limit) break;
    cut += character;
  }
  return cut;
}

async function touch(
  { storage, clock }: Environment,
  refund: RefundRecord,
  state: RefundRecord['state'],
): Promise<void> {
  await storage.refunds.update(refund.id, { state, updatedAt: clock() });
}

/** Refund, payment and order come to their end together; a second time changes nothing. */
async function settle(
  { storage, clock, log }: Environment,
  refund: RefundRecord,
  outcome: 'succeeded' | 'failed',
): Promise<void> {
  await storage.transaction(async (repositories) => {
    const order = await repositories.orders.lock(refund.orderId);
    const current = await repositories.refunds.findByNumber(refund.outRefundNo);
    if (!order || !current || current.state === 'succeeded' || current.state === 'failed') return;
    const at = clock();
    await repositories.refunds.update(refund.id, { state: outcome, updatedAt: at });
    if (outcome === 'succeeded' && refund.paymentId)
      await repositories.payments.update(refund.paymentId, { state: 'refunded' });
    const event: OrderEvent = outcome === 'succeeded' ? 'confirmRefund' : 'failRefund';
    const moved = await applyOrderEvent(repositories, order, {
      event,
      actor: 'server',
      actorId: null,
      at,
      ...(outcome === 'failed' ? { patch: { photoId: null, reasons: [] } } : {}),
    });
    if (!moved.ok) log.error({ orderId: order.id, code: moved.error.code }, 'refund without order');
  });
}
