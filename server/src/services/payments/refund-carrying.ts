import { errorSentence, ok, type Result } from '@gradshot/domain';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { Refund } from '../../ports/payments/payment-provider.ts';
import type { PaymentRecord } from '../../ports/payments/payment-repository.ts';
import type {
  RefundActRecord,
  RefundPatch,
  RefundRecord,
  RefundRows,
} from '../../ports/payments/refund-repository.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { dropPhoto } from '../order-life/photo-dropping.ts';
import type { RefundNeeds, RefundRepositories } from './refund-needs.ts';
import { orderAfter, paymentAfter, type RefundOutcome, stateAfter } from './refund-rules.ts';

type Rows = RefundRepositories;
type Needs = RefundNeeds;

/** The provider takes 80 bytes of reason. */
const MAX_REASON_BYTES = 80;

/** Asks the provider; repeating it is harmless, because the refund's number stays the same. */
export async function carryOut(environment: Needs, refund: RefundRecord): Promise<Result<void>> {
  if (refund.state === 'succeeded' || refund.state === 'failed') return ok(undefined);
  if (refund.state === 'abnormal') return askAfter(environment, refund);
  const payment = refund.paymentId
    ? await environment.storage.payments.find(refund.paymentId)
    : undefined;
  // Nothing was taken from the graduate where it was free or the school pays.
  if (!payment || refund.amountFen === 0 || payment.method === 'school') {
    await settleRefund(environment, refund.outRefundNo, { outcome: 'succeeded' });
    return ok(undefined);
  }
  if (payment.method !== 'cash') return ask(environment, refund, payment);
  // It waits among what is owed back until staff have handed it back.
  await touch(environment, refund, { state: refund.state });
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
  if (answer.ok) {
    await take(environment, refund, answer.value);
    return ok(undefined);
  }
  if (answer.error.code === 'payment.providerUnavailable') {
    await touch(environment, refund, { state: refund.state });
    return ok(undefined);
  }
  const why = errorSentence(answer.error);
  const outcome = (await wentElsewhere(environment, refund, payment)) ? 'abnormal' : 'failed';
  await settleRefund(environment, refund.outRefundNo, { outcome, why });
  return answer;
}

/**
 * Refused because somebody gave the fee back at the service's own desk, which nobody here was told of:
 * the order must not go on as if it were paid.
 */
async function wentElsewhere(
  { payments }: Needs,
  { purpose }: RefundRecord,
  payment: PaymentRecord,
): Promise<boolean> {
  if (purpose !== 'order' || payment.refundedFen > 0) return false;
  const truth = await payments.query(payment.outTradeNo);
  return truth.ok && truth.value.state === 'refunded';
}

/** What waits for a hand may have been sent on at the service's own desk. */
async function askAfter(environment: Needs, refund: RefundRecord): Promise<Result<void>> {
  const answer = await environment.payments.queryRefund(refund.outRefundNo);
  if (answer.ok && answer.value.state !== 'abnormal')
    await take(environment, refund, answer.value, { sentOn: true });
  else await touch(environment, refund, { state: refund.state });
  return ok(undefined);
}

/** Books what the provider itself answers about a refund. `sentOn`: asked for since it was abnormal. */
export async function take(
  environment: Needs,
  refund: RefundRecord,
  answer: Refund,
  { sentOn = false } = {},
): Promise<void> {
  const facts = {
    providerRefundId: answer.refundId,
    ...(answer.acceptedAt ? { acceptedAt: answer.acceptedAt } : {}),
  };
  await touch(environment, refund, { state: refund.state, facts });
  if (answer.state === 'processing')
    return touch(environment, refund, { state: 'processing', facts, sentOn });
  const outcome = answer.state === 'closed' ? 'failed' : answer.state;
  await settleRefund(environment, refund.outRefundNo, { outcome });
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

type Touch = {
  readonly state: RefundRecord['state'];
  readonly facts?: RefundPatch;
  readonly sentOn?: boolean;
};

/** Under the order's lock: the answer to an older question never undoes a newer one. */
async function touch(
  { storage, clock }: Needs,
  refund: RefundRecord,
  { state, facts = {}, sentOn = false }: Touch,
): Promise<void> {
  await storage.transaction(async (repositories) => {
    await repositories.orders.lock(refund.orderId);
    const current = await repositories.refunds.findByNumber(refund.outRefundNo);
    if (!current || current.state === 'succeeded' || current.state === 'failed') return;
    const updatedAt = clock();
    const stays = current.state === 'abnormal' && !sentOn;
    if (!stays && state === 'processing' && current.state !== 'processing')
      await writeAct(repositories, current, { at: updatedAt, act: 'processing' });
    const next = stays ? {} : { state };
    await repositories.refunds.update(refund.id, { ...facts, ...next, updatedAt });
  });
}

/** Every step of a refund, with whoever did it; the payment service's own without a name. */
export async function writeAct(
  { refunds }: RefundRows,
  refund: RefundRecord,
  act: Pick<RefundActRecord, 'at' | 'act'> & Partial<Pick<RefundActRecord, 'staffId' | 'note'>>,
): Promise<void> {
  await refunds.addAct({ refundId: refund.id, staffId: null, note: '', ...act });
}

/**
 * What a verified notification or the provider's own answer says about a refund. Refund, payment
 * and order come to their end together; a second time changes nothing. `why`: of a failure.
 */
export async function settleRefund(
  environment: Needs,
  outRefundNo: string,
  told: Settled,
): Promise<void> {
  const { storage } = environment;
  const found = await storage.refunds.findByNumber(outRefundNo);
  if (!found) return;
  await storage.transaction(async (repositories) => {
    const order = await repositories.orders.lock(found.orderId);
    const current = await repositories.refunds.findByNumber(outRefundNo);
    if (order && current) await settleLocked(environment, repositories, order, current, told);
  });
}

export type Settled = {
  readonly outcome: RefundOutcome;
  readonly why?: string;
  /** By whose hand, and the number of that transfer. */
  readonly byHand?: { readonly staffId: string; readonly reference: string };
};

/** The same in a transaction that holds the order. */
export async function settleLocked(
  environment: Pick<Needs, 'clock' | 'log'>,
  repositories: Rows,
  order: OrderRecord,
  refund: RefundRecord,
  { outcome, why = '', byHand }: Settled,
): Promise<void> {
  const at = environment.clock();
  const state = stateAfter(refund.state, outcome);
  if (!state) return noteTwice(environment, repositories, refund, outcome);
  const byHandReference = byHand?.reference ?? refund.byHandReference;
  await repositories.refunds.update(refund.id, { state, updatedAt: at, byHandReference });
  await writeAct(repositories, refund, {
    ...{ at, note: why },
    ...(byHand ? { act: 'byHand', staffId: byHand.staffId } : { act: outcome }),
  });
  await followMoney(environment, repositories, order, refund.paymentId);
}

/** The money came through after somebody had returned it by hand: a person has to ask for it back. */
async function noteTwice(
  { clock, log }: Pick<Needs, 'clock' | 'log'>,
  repositories: Rows,
  refund: RefundRecord,
  outcome: RefundOutcome,
): Promise<void> {
  const twice =
    outcome === 'succeeded' && refund.state === 'succeeded' && refund.byHandReference !== null;
  if (!twice) return;
  const acts = await repositories.refunds.actsOfRefunds([refund.id]);
  if (acts.some(({ act }) => act === 'twice')) return;
  log.error(
    { refundId: refund.id, orderId: refund.orderId },
    'returned by hand and by the service',
  );
  await writeAct(repositories, refund, { at: clock(), act: 'twice' });
}

/** Brings payment and order to where the refunds of them have come. */
export async function followMoney(
  { clock, log }: Pick<Needs, 'clock' | 'log'>,
  repositories: Rows,
  order: OrderRecord,
  paymentId: string | null,
): Promise<void> {
  const refunds = await repositories.refunds.listOfOrder(order.id);
  const found = paymentId ? await repositories.payments.find(paymentId) : undefined;
  const of = refunds.filter((refund) => refund.paymentId === paymentId);
  const payment = found && { ...found, ...paymentAfter(found, of) };
  if (payment) {
    const { state, refundedFen } = payment;
    await repositories.payments.update(payment.id, { state, refundedFen });
  }
  const event = orderAfter(order.state, { payment, refunds });
  if (!event) return;
  const by = { actor: 'server', actorId: null, at: clock() } as const;
  const moved =
    event === 'confirmRefund'
      ? await applyOrderEvent(repositories, order, { event: 'confirmRefund', ...by })
      : await dropPhoto(repositories, order, { event: 'failRefund', ...by });
  if (!moved.ok)
    log.error({ orderId: order.id, errorCode: moved.error.code }, 'refund without order');
}
