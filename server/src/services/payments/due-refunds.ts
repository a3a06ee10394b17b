import { randomUUID } from 'node:crypto';
import type { DueRefund, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';
import type {
  DuePayment,
  RefundAct,
  RefundRecord,
  RefundRows,
} from '../../ports/payments/refund-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { carryOut, settleLocked, writeAct } from './refund-carrying.ts';

type Rows = OrderChangeRows & PaymentRows & PhotoRows & RefundRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly notifyUrl: () => string;
  readonly payments: PaymentProvider;
};

type Page = { readonly returned: boolean; readonly page: number; readonly pageSize: number };
type Return = { readonly reason: string; readonly idempotencyKey: string };
type ByHand = {
  readonly reference: string;
  readonly note: string;
  readonly idempotencyKey: string;
};

/** Money that was paid twice, or for an order that was over: it is owed back. */
export type DueRefunds = {
  list(caller: StaffCaller, page: Page): Promise<RouteOutput<'listDueRefunds'>>;
  /**
   * Asks the provider to return it. Of two administrators the second gets
   * `payment.refundRunning` or `payment.notDue`; the same key again is the same refund. Further
   * failures: `request.idempotencyMismatch`, `payment.refundRefused`.
   */
  giveBack(caller: StaffCaller, payment: PaymentRecord, wish: Return): Promise<Result<DueRefund>>;
  /** Writes down that it was returned by hand. Failures as above. */
  noteByHand(caller: StaffCaller, payment: PaymentRecord, wish: ByHand): Promise<Result<DueRefund>>;
};

export function createDueRefunds(environment: Needs): DueRefunds {
  const { storage } = environment;
  const keep = (caller: StaffCaller, payment: PaymentRecord, wish: Return | ByHand) =>
    storage.transaction((repositories) =>
      keepWish(environment, repositories, { caller, payment, wish }),
    );
  return {
    list: (caller, page) => list(environment, caller, page),
    async giveBack(caller, payment, wish) {
      const kept = await keep(caller, payment, wish);
      if (!kept.ok) return kept;
      const carried = await carryOut(environment, kept.value);
      return carried.ok ? view(environment, payment.id) : carried;
    },
    async noteByHand(caller, payment, wish) {
      const kept = await keep(caller, payment, wish);
      return kept.ok ? view(environment, payment.id) : kept;
    },
  };
}

async function list(
  { storage }: Needs,
  { schools }: StaffCaller,
  { returned, page, pageSize }: Page,
): Promise<RouteOutput<'listDueRefunds'>> {
  const { refunds } = storage;
  const due = await refunds.listDue(returned, schools, (page - 1) * pageSize, pageSize);
  const owed = await refunds.countDue(false, schools);
  const total = returned ? (await refunds.countDue(true, schools)).count : owed.count;
  const ids = due.map(({ id }) => id);
  const tries = await refunds.refundsOf(ids);
  const acts = await refunds.actsOf(ids);
  return {
    refunds: due.map((payment) => viewOf(payment, tries, acts)),
    total,
    owed: owed.count,
    owedFen: owed.fen,
  };
}

async function view({ storage }: Needs, paymentId: string): Promise<Result<DueRefund>> {
  const { refunds } = storage;
  const due = await refunds.findDue(paymentId);
  if (!due) return fail('payment.notDue');
  return ok(viewOf(due, await refunds.refundsOf([paymentId]), await refunds.actsOf([paymentId])));
}

function viewOf(
  due: DuePayment,
  tries: readonly RefundRecord[],
  acts: readonly RefundAct[],
): DueRefund {
  const own = tries.filter(({ paymentId, purpose }) => paymentId === due.id && purpose !== 'order');
  return {
    paymentId: due.id,
    orderId: due.orderId,
    orderNo: due.orderNo,
    orderState: due.orderState,
    maskedName: due.maskedName,
    school: due.school,
    amountFen: due.state === 'paid' ? due.amountFen - due.refundedFen : due.amountFen,
    cause: due.refundCause ?? 'paidTwice',
    paidAt: (due.paidAt ?? due.createdAt).toISOString(),
    ...(due.transactionId ? { transactionId: due.transactionId } : {}),
    state: stateOf(due, own),
    history: acts.filter(({ refundId }) => own.some(({ id }) => id === refundId)).map(actOf),
  };
}

function stateOf(due: DuePayment, tries: readonly RefundRecord[]): DueRefund['state'] {
  const [last] = tries;
  if (due.state === 'refunded') return last?.byHandReference ? 'returnedByHand' : 'returned';
  if (!last) return 'due';
  if (last.state === 'failed' || last.state === 'abnormal') return last.state;
  // Given back in part at the service's own desk: the rest is owed.
  return last.state === 'succeeded' ? 'due' : 'running';
}

const actOf = ({ at, act, name, note }: RefundAct): DueRefund['history'][number] => ({
  at: at.toISOString(),
  act,
  by: name ?? '',
  note,
});

type Wish = {
  readonly caller: StaffCaller;
  readonly payment: PaymentRecord;
  readonly wish: Return | ByHand;
};

/** Under the order's lock, so that of two administrators one is told that the other was faster. */
async function keepWish(
  environment: Needs,
  repositories: Rows,
  asked: Wish,
): Promise<Result<RefundRecord>> {
  const order = await repositories.orders.lock(asked.payment.orderId);
  const known = await repositories.refunds.findByKey(asked.wish.idempotencyKey);
  if (known) return sameWish(known, asked);
  const payment = await repositories.payments.find(asked.payment.id);
  if (!payment?.refundDue || payment.state !== 'paid') return fail('payment.notDue');
  if (payment.method === 'cash' && !('reference' in asked.wish)) return fail('payment.cashByHand');
  const tries = await repositories.refunds.refundsOf([payment.id]);
  const isRunning = ({ state, purpose }: RefundRecord) => purpose === 'due' && state !== 'failed';
  if (tries.some(isRunning)) return fail('payment.refundRunning');
  const refund = recordOf(asked, payment, environment.clock());
  await repositories.refunds.insert(refund);
  await writeDown(repositories, refund, asked);
  // The refund of a fee in cash, and with it the order, has waited for this.
  for (const waiting of tries)
    if (order && waiting.purpose === 'order')
      await settleLocked(environment, repositories, order, waiting, { outcome: 'succeeded' });
  return ok(refund);
}

function sameWish(known: RefundRecord, { payment, wish }: Wish): Result<RefundRecord> {
  const same =
    known.paymentId === payment.id &&
    known.purpose === 'due' &&
    known.byHandReference === referenceOf(wish);
  return same ? ok(known) : fail('request.idempotencyMismatch');
}

const referenceOf = (wish: Return | ByHand) => ('reference' in wish ? wish.reference : null);

function recordOf({ caller, wish }: Wish, payment: PaymentRecord, at: Date): RefundRecord {
  const id = randomUUID();
  const byHandReference = referenceOf(wish);
  return {
    id,
    key: wish.idempotencyKey,
    orderId: payment.orderId,
    paymentId: payment.id,
    outRefundNo: id.replaceAll('-', ''),
    amountFen: payment.amountFen - payment.refundedFen,
    providerRefundId: null,
    acceptedAt: null,
    reason: 'reason' in wish ? wish.reason : wish.note,
    state: byHandReference === null ? 'requested' : 'succeeded',
    staffId: caller.staffId,
    purpose: 'due',
    byHandReference,
    createdAt: at,
    updatedAt: at,
  };
}

/** What was returned by hand is settled with its writing down. */
async function writeDown(
  repositories: Rows,
  refund: RefundRecord,
  { caller, wish }: Wish,
): Promise<void> {
  const by = { at: refund.createdAt, staffId: caller.staffId };
  if (!('reference' in wish))
    return writeAct(repositories, refund, { ...by, act: 'requested', note: wish.reason });
  const { paymentId } = refund;
  const payment = paymentId ? await repositories.payments.find(paymentId) : undefined;
  if (payment)
    await repositories.payments.update(payment.id, {
      ...{ state: 'refunded', refundedFen: payment.amountFen },
    });
  const note = [wish.reference, wish.note].filter(Boolean).join(' · ');
  await writeAct(repositories, refund, { ...by, act: 'byHand', note });
}
