import { isFinal, type OrderState } from '@gradshot/domain';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';
import type { RefundRecord } from '../../ports/payments/refund-repository.ts';

/**
 * What becomes of a refund, a payment and an order by what is told about the money, in whatever order and
 * however often: the money is gone exactly when the order is of no further use (ADR 27).
 */

type RefundState = RefundRecord['state'];
export type RefundOutcome = Extract<RefundState, 'succeeded' | 'failed' | 'abnormal'>;

/** May still come to another end. */
const LIVE: readonly RefundState[] = ['requested', 'processing', 'abnormal'];

export const isLive = ({ state }: Pick<RefundRecord, 'state'>): boolean => LIVE.includes(state);

/**
 * The state after `told`, or nothing where that is no news: money that arrived has arrived, whatever was
 * said before or is said later; a refund that was given up does not wait for anybody any more.
 */
export function stateAfter(state: RefundState, told: RefundOutcome): RefundState | undefined {
  if (state === 'succeeded' || state === told) return undefined;
  if (told === 'succeeded') return told;
  return LIVE.includes(state) ? told : undefined;
}

/** What a payment is after these refunds of it. */
export function paymentAfter(
  payment: PaymentRecord,
  refunds: readonly RefundRecord[],
): Pick<PaymentRecord, 'state' | 'refundedFen'> {
  const done = refunds.filter(({ state }) => state === 'succeeded');
  const sum = done.reduce((fen, { amountFen }) => fen + amountFen, 0);
  const wholly = done.length > 0 && sum >= payment.amountFen;
  if (wholly) return { state: 'refunded', refundedFen: payment.amountFen };
  return { state: payment.state, refundedFen: Math.max(sum, payment.refundedFen) };
}

type Money = {
  /** The payment that the refund is of; none where the order was free. */
  readonly payment: PaymentRecord | undefined;
  /** All of the order. */
  readonly refunds: readonly RefundRecord[];
};

/** What the order has to follow with, if anything. */
export function orderAfter(
  state: OrderState,
  { payment, refunds }: Money,
): 'confirmRefund' | 'failRefund' | undefined {
  const own = refunds.filter(({ purpose }) => purpose === 'order');
  // A refund of the fee returns all that is left of it.
  const gone =
    own.some((refund) => refund.state === 'succeeded') ||
    (payment?.state === 'refunded' && paidTheOrder(payment));
  if (gone) return isFinal(state) ? undefined : 'confirmRefund';
  return state === 'refunding' && !own.some(isLive) ? 'failRefund' : undefined;
}

/** Cash of a refunded fee is owed back and is the fee nevertheless. */
function paidTheOrder({ paidAt, refundDue, refundCause }: PaymentRecord): boolean {
  return paidAt !== null && (!refundDue || refundCause === 'cash');
}
