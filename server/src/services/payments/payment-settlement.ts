import { fail, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PaymentProvider, ProviderPayment } from '../../ports/payments/payment-provider.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { confirmPayment } from './payment-confirmation.ts';

type Needs = Stored<OrderChangeRows & PaymentRows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly payments: PaymentProvider;
};

/**
 * Brings a pending payment up to date with the provider's truth: paid money is booked, a payment
 * past its time is closed there and here. Answers the payment as it stands then. Failure:
 * `payment.providerUnavailable`.
 */
export async function settlePayment(
  environment: Needs,
  payment: PaymentRecord,
): Promise<Result<PaymentRecord>> {
  if (payment.state !== 'pending') return ok(payment);
  const now = environment.clock();
  await environment.storage.payments.update(payment.id, { lastQueriedAt: now });
  const truth = await environment.payments.query(payment.outTradeNo);
  if (!truth.ok) return truth;
  if (truth.value.state === 'paid') return book(environment, payment, truth.value);
  if (truth.value.state === 'closed') return end(environment, payment, 'closed');
  if (truth.value.state === 'refunded') return end(environment, payment, 'refunded');
  return payment.expiresAt <= now ? closePayment(environment, payment, 'expired') : ok(payment);
}

/**
 * Makes a pending payment unpayable. If the payer was faster, the money is booked and the paid
 * payment answered. Failure: `payment.providerUnavailable`.
 */
export async function closePayment(
  environment: Needs,
  payment: PaymentRecord,
  state: 'expired' | 'closed',
): Promise<Result<PaymentRecord>> {
  const closed = await environment.payments.close(payment.outTradeNo);
  if (closed.ok) return end(environment, payment, state);
  if (closed.error.code !== 'payment.alreadyPaid') return closed;
  const truth = await environment.payments.query(payment.outTradeNo);
  if (!truth.ok) return truth;
  return truth.value.state === 'paid'
    ? book(environment, payment, truth.value)
    : fail('payment.providerUnavailable');
}

/** Money that its order has a use for: another sum than was asked for, for one, has none. */
export function countsAsPaid({ state, refundDue }: PaymentRecord): boolean {
  return state === 'paid' && !refundDue;
}

/** Ends a payment that is not to be offered: its time is over, or it is to be paid in another way. */
export async function retirePayment(
  environment: Needs,
  payment: PaymentRecord,
): Promise<Result<PaymentRecord>> {
  const settled = await settlePayment(environment, payment);
  if (!settled.ok || settled.value.state !== 'pending') return settled;
  return closePayment(environment, settled.value, 'closed');
}

async function book(
  environment: Needs,
  payment: PaymentRecord,
  truth: ProviderPayment,
): Promise<Result<PaymentRecord>> {
  const { amountFen, transactionId, paidAt } = truth;
  if (amountFen === undefined || !transactionId) return fail('payment.providerUnavailable');
  return confirmPayment(environment, payment.id, {
    amountFen,
    transactionId,
    paidAt: paidAt ?? environment.clock(),
  });
}

/** Only a pending payment ends; one that was booked meanwhile stays paid. */
async function end(
  { storage }: Needs,
  payment: PaymentRecord,
  state: 'expired' | 'closed' | 'refunded',
): Promise<Result<PaymentRecord>> {
  return storage.transaction(async ({ orders, payments }) => {
    await orders.lock(payment.orderId);
    const current = await payments.find(payment.id);
    if (current?.state !== 'pending') return ok(current ?? payment);
    // That it was given back elsewhere is all that is known: the bill tells the rest.
    const refundedFen = state === 'refunded' ? current.amountFen : current.refundedFen;
    await payments.update(payment.id, { state, refundedFen });
    return ok({ ...current, state, refundedFen });
  });
}
