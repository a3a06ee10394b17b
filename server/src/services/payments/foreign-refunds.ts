import { randomUUID } from 'node:crypto';
import type { Refund } from '../../ports/payments/payment-provider.ts';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';
import type { RefundRecord } from '../../ports/payments/refund-repository.ts';
import { settleLocked, settleRefund } from './refund-carrying.ts';
import type { RefundNeeds } from './refund-needs.ts';
import type { RefundOutcome } from './refund-rules.ts';

/** What is told about a refund, and of which payment it is. */
export type ToldRefund = {
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly state: Exclude<Refund['state'], 'processing'>;
  readonly amountFen: number;
};

/** Books it, whoever opened the refund. A second time changes nothing. */
export async function settleTold(environment: RefundNeeds, told: ToldRefund): Promise<void> {
  const { storage, log } = environment;
  const outcome = told.state === 'closed' ? 'failed' : told.state;
  const known = await storage.refunds.findByNumber(told.outRefundNo);
  if (known) {
    if (known.providerRefundId === null)
      await storage.refunds.update(known.id, { providerRefundId: told.refundId });
    return settleRefund(environment, told.outRefundNo, { outcome });
  }
  const { payments } = storage;
  const payment =
    (await payments.findByTradeNo(told.outTradeNo)) ??
    (await payments.findByTransaction(told.transactionId));
  if (!payment) return log.warn({ outcome }, 'a refund of a payment that is not ours');
  // One that was given up before anybody here heard of it has moved no money.
  if (outcome === 'failed') return;
  await bookForeign(environment, payment, told, outcome);
}

/** Under the order's lock, so that two deliveries are one refund. */
async function bookForeign(
  environment: RefundNeeds,
  payment: PaymentRecord,
  told: ToldRefund,
  outcome: RefundOutcome,
): Promise<void> {
  await environment.storage.transaction(async (repositories) => {
    const order = await repositories.orders.lock(payment.orderId);
    if (!order) throw new Error(`payment ${payment.id} without its order`);
    const known = await repositories.refunds.findByNumber(told.outRefundNo);
    const refund = known ?? recordOf(payment, told, environment.clock());
    if (!known) await repositories.refunds.insert(refund);
    await settleLocked(environment, repositories, order, refund, { outcome });
  });
}

function recordOf(payment: PaymentRecord, told: ToldRefund, at: Date): RefundRecord {
  return {
    ...{ id: randomUUID(), key: randomUUID(), orderId: payment.orderId, paymentId: payment.id },
    ...{ outRefundNo: told.outRefundNo, providerRefundId: told.refundId, acceptedAt: null },
    ...{ amountFen: told.amountFen, reason: '', state: 'processing', purpose: 'foreign' },
    ...{ staffId: null, byHandReference: null, createdAt: at, updatedAt: at },
  };
}
