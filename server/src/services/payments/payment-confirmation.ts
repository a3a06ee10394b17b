import { isIn, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';

type Rows = OrderChangeRows & PaymentRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
};

/** What the payment service, and nobody else, has said about money that arrived. */
export type MoneyReceived = {
  readonly amountFen: number;
  readonly transactionId: string;
  readonly paidAt: Date;
};

/**
 * Books money that a verified notification or the provider's own answer reports. Repeating it
 * changes nothing. Another sum than was asked for is booked as what it is, pays no order and is owed back.
 */
export async function confirmPayment(
  environment: Needs,
  paymentId: string,
  money: MoneyReceived,
): Promise<Result<PaymentRecord>> {
  return environment.storage.transaction(async (repositories) => {
    const found = await repositories.payments.find(paymentId);
    const order = found && (await repositories.orders.lock(found.orderId));
    // Read again under the order's lock: another delivery may have been faster.
    const payment = order && (await repositories.payments.find(paymentId));
    if (!payment) throw new Error(`payment ${paymentId} vanished`);
    if (payment.state === 'paid' || payment.state === 'refunded') return ok(payment);
    const booked =
      payment.amountFen === money.amountFen
        ? await book(environment, repositories, order, payment, money)
        : await bookOtherSum(environment, repositories, payment, money);
    return ok(booked);
  });
}

async function bookOtherSum(
  { log }: Needs,
  { payments }: Rows,
  payment: PaymentRecord,
  { amountFen, transactionId, paidAt }: MoneyReceived,
): Promise<PaymentRecord> {
  const askedFen = payment.amountFen;
  log.error(
    { paymentId: payment.id, expectedFen: askedFen, amountFen },
    'the amount paid differs from the order',
  );
  const paid = {
    ...{ state: 'paid' as const, amountFen, askedFen, paidAt, transactionId },
    ...{ refundDue: true, refundCause: 'amount' as const },
  };
  await payments.update(payment.id, paid);
  return { ...payment, ...paid };
}

async function book(
  { clock, log }: Needs,
  repositories: Rows,
  order: OrderRecord,
  payment: PaymentRecord,
  money: MoneyReceived,
): Promise<PaymentRecord> {
  const confirmed = await applyOrderEvent(repositories, order, {
    event: 'confirmPayment',
    actor: 'server',
    actorId: null,
    at: clock(),
    details: { paymentId: payment.id },
  });
  // Paid twice, or after the order was cancelled: the money is real, so it is booked and owed back.
  const refundDue = !confirmed.ok;
  if (refundDue) log.warn({ paymentId: payment.id, state: order.state }, 'money to be returned');
  const paid = {
    state: 'paid' as const,
    paidAt: money.paidAt,
    transactionId: money.transactionId,
    refundDue,
    refundCause: refundDue ? causeOf(order) : null,
  };
  await repositories.payments.update(payment.id, paid);
  return { ...payment, ...paid };
}

/** The order as it was when money came that it had no use for. */
function causeOf({ state }: OrderRecord): NonNullable<PaymentRecord['refundCause']> {
  if (state === 'cancelled') return 'cancelled';
  return isIn(state, 'refunding', 'ended') ? 'refunded' : 'paidTwice';
}
