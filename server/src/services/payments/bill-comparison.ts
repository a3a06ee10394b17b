import type { BillLineRecord, DifferenceRecord } from '../../ports/payments/money-book.ts';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';
import type { RefundRecord } from '../../ports/payments/refund-repository.ts';

/** Our books of the same day. */
export type OwnBooks = {
  /** Whose money came that day, and those that the bill names. */
  readonly payments: readonly PaymentRecord[];
  /** That were taken on that day, and those that the bill names. */
  readonly refunds: readonly RefundRecord[];
  readonly begin: Date;
  readonly end: Date;
};

export type FoundDifference = Omit<
  DifferenceRecord,
  'id' | 'day' | 'settledAt' | 'settledBy' | 'note'
>;

/** Where the bill and our books differ: each difference once, whichever side is short. */
export function compareBill(
  lines: readonly BillLineRecord[],
  own: OwnBooks,
): readonly FoundDifference[] {
  return [...comparePayments(lines, own), ...compareRefunds(lines, own)];
}

const isPaid = ({ state }: PaymentRecord) => state === 'paid' || state === 'refunded';
const within = ({ begin, end }: OwnBooks, at: Date | null) =>
  at !== null && at >= begin && at < end;

function comparePayments(lines: readonly BillLineRecord[], own: OwnBooks): FoundDifference[] {
  const theirs = lines.filter(({ kind }) => kind === 'payment');
  const ours = new Map(own.payments.map((payment) => [payment.outTradeNo, payment]));
  const told = new Set(theirs.map(({ outTradeNo }) => outTradeNo));
  const differing = theirs.flatMap((line) => paymentDifference(line, ours.get(line.outTradeNo)));
  const untold = own.payments
    .filter((payment) => isPaid(payment) && within(own, payment.paidAt))
    .filter(({ outTradeNo }) => !told.has(outTradeNo))
    .map((payment) => ({ ...ofPayment(payment), ...NOTHING_THERE, what: 'missingThere' as const }));
  return [...differing, ...untold];
}

function paymentDifference(
  line: BillLineRecord,
  payment: PaymentRecord | undefined,
): FoundDifference[] {
  const there = { thereFen: line.amountFen, thereState: line.state };
  const known = payment ? ofPayment(payment) : nobodys('payment', line.outTradeNo);
  const found = { ...known, ...there, providerNumber: line.transactionId };
  if (!payment) return [{ ...found, what: 'missingHere' }];
  if (!isPaid(payment)) return [{ ...found, what: 'state' }];
  return payment.amountFen === line.amountFen ? [] : [{ ...found, what: 'amount' }];
}

function compareRefunds(lines: readonly BillLineRecord[], own: OwnBooks): FoundDifference[] {
  const theirs = lines.filter(({ kind }) => kind === 'refund');
  const ours = new Map(own.refunds.map((refund) => [refund.outRefundNo, refund]));
  const told = new Set(theirs.map(({ outRefundNo }) => outRefundNo));
  const differing = theirs.flatMap((line) =>
    refundDifference(line, ours.get(line.outRefundNo ?? '')),
  );
  const untold = own.refunds
    .filter(({ acceptedAt, state }) => within(own, acceptedAt) && state !== 'failed')
    .filter(({ outRefundNo }) => !told.has(outRefundNo))
    .map((refund) => ({ ...ofRefund(refund), ...NOTHING_THERE, what: 'missingThere' as const }));
  return [...differing, ...untold];
}

function refundDifference(
  line: BillLineRecord,
  refund: RefundRecord | undefined,
): FoundDifference[] {
  const there = { thereFen: line.amountFen, thereState: line.state };
  const known = refund ? ofRefund(refund) : nobodys('refund', line.outRefundNo ?? '');
  const found = { ...known, ...there, providerNumber: line.refundId ?? '' };
  if (!refund) return [{ ...found, what: 'missingHere' }];
  if (refund.amountFen !== line.amountFen) return [{ ...found, what: 'amount' }];
  return agrees(line.state, refund) ? [] : [{ ...found, what: 'state' }];
}

/** A bill is a picture of the night: what was under way then may have come to its end since. */
function agrees(there: string, { state, byHandReference }: RefundRecord): boolean {
  if (there === 'SUCCESS') return state === 'succeeded';
  if (there === 'PROCESSING') return state !== 'requested';
  return state !== 'succeeded' || byHandReference !== null;
}

const NOTHING_THERE = { thereFen: null, thereState: null } as const;

const ofPayment = (payment: PaymentRecord) => ({
  ...{ subject: 'payment' as const, number: payment.outTradeNo, orderId: payment.orderId },
  ...{ hereFen: payment.amountFen, hereState: payment.state },
  providerNumber: payment.transactionId ?? '',
});

const ofRefund = (refund: RefundRecord) => ({
  ...{ subject: 'refund' as const, number: refund.outRefundNo, orderId: refund.orderId },
  ...{ hereFen: refund.amountFen, hereState: refund.state },
  providerNumber: refund.providerRefundId ?? '',
});

const nobodys = (subject: 'payment' | 'refund', number: string) => ({
  ...{ subject, number, orderId: null, hereFen: null, hereState: null },
});
