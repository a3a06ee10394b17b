import { type ErrorCode, errorSentence, ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';
import type {
  RefundActRecord,
  RefundRecord,
  RefundRows,
} from '../../ports/payments/refund-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { dropPhoto } from '../order-life/photo-dropping.ts';

type Rows = OrderChangeRows & PaymentRows & PhotoRows & RefundRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly notifyUrl: () => string;
  readonly payments: PaymentProvider;
};

/** The provider takes 80 bytes of reason. */
const MAX_REASON_BYTES = 80;

type Outcome = 'succeeded' | 'failed';

/** Asks the provider; repeating it is harmless, because the refund's number stays the same. */
export async function carryOut(environment: Needs, refund: RefundRecord): Promise<Result<void>> {
  if (refund.state === 'succeeded' || refund.state === 'failed') return ok(undefined);
  const payment = refund.paymentId
    ? await environment.storage.payments.find(refund.paymentId)
    : undefined;
  // Nothing was taken from the graduate where it was free or the school pays.
  if (!payment || refund.amountFen === 0 || payment.method === 'school') {
    await settleRefund(environment, refund.outRefundNo, 'succeeded');
    return ok(undefined);
  }
  if (payment.method !== 'cash') return ask(environment, refund, payment);
  // It waits among what is owed back until staff have handed it back.
  await touch(environment, refund, refund.state);
  return ok(undefined);
}

async function ask(
  environment: Needs,
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
  const { outRefundNo } = refund;
  if (answer.ok) {
    const { state } = answer.value;
    if (state === 'processing') await touch(environment, refund, 'processing');
    else await settleRefund(environment, outRefundNo, state === 'succeeded' ? state : 'failed');
    return ok(undefined);
  }
  if (answer.error.code === 'payment.providerUnavailable') {
    await touch(environment, refund, refund.state);
    return ok(undefined);
  }
  await settleRefund(environment, outRefundNo, 'failed', errorSentence(answer.error));
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

/** Under the order's lock: the answer to an older question never undoes a newer one. */
async function touch(
  { storage, clock }: Needs,
  refund: RefundRecord,
  state: RefundRecord['state'],
): Promise<void> {
  await storage.transaction(async (repositories) => {
    await repositories.orders.lock(refund.orderId);
    const current = await repositories.refunds.findByNumber(refund.outRefundNo);
    if (!current || current.state === 'succeeded' || current.state === 'failed') return;
    const updatedAt = clock();
    if (state === 'processing' && current.state !== 'processing')
      await writeAct(repositories, current, { at: updatedAt, act: 'processing' });
    await repositories.refunds.update(refund.id, { state, updatedAt });
  });
}

/** Steps of money that was owed back; a refund of an order's fee stands in the order's history. */
export async function writeAct(
  { refunds }: Rows,
  refund: RefundRecord,
  act: Pick<RefundActRecord, 'at' | 'act'> & Partial<Pick<RefundActRecord, 'staffId' | 'note'>>,
): Promise<void> {
  if (refund.purpose === 'due')
    await refunds.addAct({ refundId: refund.id, staffId: null, note: '', ...act });
}

/**
 * What a verified notification or the provider's own answer says about a refund. Refund, payment
 * and order come to their end together; a second time changes nothing. `why`: of a failure.
 */
export async function settleRefund(
  environment: Needs,
  outRefundNo: string,
  outcome: Outcome,
  why = '',
): Promise<void> {
  const { storage } = environment;
  const found = await storage.refunds.findByNumber(outRefundNo);
  if (!found) return;
  await storage.transaction(async (repositories) => {
    const order = await repositories.orders.lock(found.orderId);
    const current = await repositories.refunds.findByNumber(outRefundNo);
    if (order && current)
      await settleLocked(environment, repositories, order, current, { outcome, why });
  });
}

type Settled = { readonly outcome: Outcome; readonly why?: string };

/** The same in a transaction that holds the order. */
export async function settleLocked(
  { clock, log }: Pick<Needs, 'clock' | 'log'>,
  repositories: Rows,
  order: OrderRecord,
  refund: RefundRecord,
  { outcome, why = '' }: Settled,
): Promise<void> {
  if (refund.state === 'succeeded' || refund.state === 'failed') return;
  const at = clock();
  await repositories.refunds.update(refund.id, { state: outcome, updatedAt: at });
  if (outcome === 'succeeded' && refund.paymentId)
    await repositories.payments.update(refund.paymentId, { state: 'refunded' });
  await writeAct(repositories, refund, { at, act: outcome, note: why });
  if (refund.purpose === 'due') return;
  const by = { actor: 'server', actorId: null, at } as const;
  const moved =
    outcome === 'succeeded'
      ? await applyOrderEvent(repositories, order, { event: 'confirmRefund', ...by })
      : await dropPhoto(repositories, order, { event: 'failRefund', ...by });
  if (!moved.ok) logOrphan(log, order.id, moved.error.code);
}

function logOrphan(log: EventLog, orderId: string, errorCode: ErrorCode): void {
  log.error({ orderId, errorCode }, 'refund without order');
}
