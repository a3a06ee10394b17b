import { randomUUID } from 'node:crypto';
import { fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';
import type { RefundRecord } from '../../ports/payments/refund-repository.ts';
import type { RefundRequestRecord } from '../../ports/payments/refund-request-repository.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { writeAct } from './refund-carrying.ts';
import type { RefundRepositories } from './refund-needs.ts';

/** The payment of an order that a refund of its fee returns; none where it was free. */
export function refundable(payments: readonly PaymentRecord[]): PaymentRecord | undefined {
  return payments.find(({ state, refundDue }) => state === 'paid' && !refundDue);
}

/**
 * The order becomes 退款中 and the refund is written down, together, in a transaction that holds the order.
 * It has the key of its request: one request is one refund.
 */
export async function keepRefund(
  { clock }: { readonly clock: Clock },
  repositories: RefundRepositories,
  { orderId, key, reason, askedBy }: RefundRequestRecord,
): Promise<Result<RefundRecord>> {
  const order = await repositories.orders.lock(orderId);
  if (!order) return fail('order.notFound');
  if (await repositories.refunds.findByKey(key)) return fail('request.idempotencyMismatch');
  const at = clock();
  const moved = await applyOrderEvent(repositories, order, {
    event: 'requestRefund',
    actor: 'staff',
    actorId: askedBy,
    at,
    details: { reason },
  });
  if (!moved.ok) return moved;
  const paid = refundable(await repositories.payments.listOfOrder(orderId));
  const id = randomUUID();
  const refund: RefundRecord = {
    ...{ id, key, orderId, paymentId: paid?.id ?? null, outRefundNo: id.replaceAll('-', '') },
    amountFen: paid ? paid.amountFen - paid.refundedFen : 0,
    ...{ reason, state: 'requested', providerRefundId: null, acceptedAt: null },
    ...{ staffId: askedBy, purpose: 'order', byHandReference: null, createdAt: at, updatedAt: at },
  };
  await repositories.refunds.insert(refund);
  await writeAct(repositories, refund, { at, act: 'requested', staffId: askedBy, note: reason });
  // What was paid in cash goes back by hand, and is owed until somebody has noted that.
  if (paid?.method === 'cash')
    await repositories.payments.update(paid.id, { refundDue: true, refundCause: 'cash' });
  return ok(refund);
}
