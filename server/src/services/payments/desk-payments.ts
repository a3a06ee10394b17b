import { randomUUID } from 'node:crypto';
import type { Payment } from '@gradshot/contract';
import {
  type DeskPaymentMethod,
  fail,
  normaliseReceiptNo,
  ok,
  type Result,
  type StationRight,
} from '@gradshot/domain';
import type { StationCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { StorageOf } from '../../ports/ground/storage.ts';
import type { OrderRecord, OrderView } from '../../ports/order-life/order-repository.ts';
import type { PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type { PaymentRecord, PaymentRows } from '../../ports/payments/payment-repository.ts';
import type { StationRepository } from '../../ports/stations/station-repository.ts';
import { requireConsents } from '../consents/consent-check.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { countsAsPaid, retirePayment } from './payment-settlement.ts';
import { MAX_ROUNDS, refusePayment, viewOf } from './payments.ts';

type Rows = OrderChangeRows & PaymentRows;
type Needs = {
  readonly storage: StorageOf<Rows> & { readonly stations: Pick<StationRepository, 'find'> };
  readonly clock: Clock;
  readonly log: EventLog;
  readonly payments: PaymentProvider;
};

export type DeskPaymentRequest =
  | { readonly method: 'cash'; readonly receiptNo: string; readonly idempotencyKey: string }
  | { readonly method: 'school'; readonly idempotencyKey: string };

export type DeskPayments = {
  /**
   * Books the fee of an order that staff took at their desk. What is open at the payment service is
   * closed first, and while that cannot be done nothing is taken: nobody pays twice.
   */
  record(
    caller: StationCaller,
    order: OrderView,
    request: DeskPaymentRequest,
  ): Promise<Result<Payment>>;
  /**
   * 校方统付 of an order that was taken offline, as its batch says: no right of the station is asked. The
   * consents of that day count, whatever is asked for today. `visitId`: the same visit pays once.
   */
  cover(caller: StationCaller, orderId: string, visitId: string): Promise<Result<Payment>>;
};

const RIGHT_FOR: Readonly<Record<DeskPaymentMethod, StationRight>> = {
  cash: 'takeCash',
  school: 'chargeSchool',
};

export function createDeskPayments(environment: Needs): DeskPayments {
  return {
    record: (caller, order, request) => record(environment, caller, order, request),
    cover: ({ stationId }, orderId, visitId) =>
      settle(environment, {
        ...{ orderId, stationId, key: visitId, method: 'school', receiptNo: null, wording: 'any' },
      }),
  };
}

async function record(
  environment: Needs,
  caller: StationCaller,
  { id: orderId }: OrderView,
  request: DeskPaymentRequest,
): Promise<Result<Payment>> {
  const { storage } = environment;
  const station = await storage.stations.find(caller.stationId);
  if (!station?.rights.includes(RIGHT_FOR[request.method]))
    return fail('station.mayNotTakePayment');
  const receipt = request.method === 'cash' ? normaliseReceiptNo(request.receiptNo) : ok(null);
  if (!receipt.ok) return receipt;
  const { method, idempotencyKey: key } = request;
  const { stationId } = caller;
  const receiptNo = receipt.value;
  return settle(environment, { orderId, stationId, method, key, receiptNo, wording: 'current' });
}

async function settle(environment: Needs, wish: Wish): Promise<Result<Payment>> {
  const { storage } = environment;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const taken = await storage.transaction((repositories) =>
      take(environment, repositories, wish),
    );
    if (!taken.ok) return taken;
    if (taken.value.state !== 'pending') return ok(viewOf(taken.value));
    const gone = await retirePayment(environment, taken.value);
    if (!gone.ok) return gone;
    if (countsAsPaid(gone.value)) return fail('payment.alreadyPaid');
  }
  return fail('payment.providerUnavailable');
}

type Wish = {
  readonly orderId: string;
  readonly stationId: string;
  readonly method: DeskPaymentMethod;
  readonly key: string;
  readonly receiptNo: string | null;
  /** Which consents must have been given; see `requireConsents`. */
  readonly wording: 'current' | 'any';
};

/** Answers the payment of the payment service that stands in the way, if there is one. */
async function take(
  environment: Needs,
  repositories: Rows,
  wish: Wish,
): Promise<Result<PaymentRecord>> {
  const { orders, payments } = repositories;
  const order = await orders.lock(wish.orderId);
  if (!order) return fail('order.notFound');
  const known = await payments.findByKey(wish.key);
  if (known) return sameWish(repositories, known, wish);
  if (order.state !== 'pendingPayment') return refusePayment(repositories, order);
  const agreed = await requireConsents(repositories, order.id, wish.wording);
  if (!agreed.ok) return agreed;
  const pending = await payments.findPending(order.id);
  return pending ? ok(pending) : book(environment, repositories, order, wish);
}

async function sameWish(
  { payments }: Rows,
  known: PaymentRecord,
  { orderId, method, receiptNo }: Wish,
): Promise<Result<PaymentRecord>> {
  const desk = await payments.findDesk(known.id);
  const same = known.orderId === orderId && known.method === method;
  return same && desk?.receiptNo === receiptNo ? ok(known) : fail('request.idempotencyMismatch');
}

async function book(
  { clock }: Needs,
  repositories: Rows,
  order: OrderRecord,
  { method, key, stationId, receiptNo }: Wish,
): Promise<Result<PaymentRecord>> {
  const { payments } = repositories;
  const at = clock();
  const payment = paidAtDesk(order, method, at);
  const { schoolId } = order;
  const claimed = await payments.addDesk({
    ...{ paymentId: payment.id, schoolId, stationId, receiptNo, takenAt: at },
  });
  if (!claimed) return fail('payment.receiptUsed', { receiptNo: receiptNo ?? '' });
  await payments.insert(payment);
  await payments.moveKey(key, payment.id);
  const confirmed = await applyOrderEvent(repositories, order, {
    event: 'confirmPayment',
    actor: 'staff',
    actorId: stationId,
    at,
    details: { paymentId: payment.id, method },
  });
  if (!confirmed.ok) throw new Error(`order ${order.id}: ${confirmed.error.code}`);
  return ok(payment);
}

function paidAtDesk(order: OrderRecord, method: DeskPaymentMethod, at: Date): PaymentRecord {
  const id = randomUUID();
  return {
    ...{
      id,
      orderId: order.id,
      schoolId: order.schoolId,
      outTradeNo: id.replaceAll('-', ''),
      method,
    },
    ...{ askedFen: null, refundedFen: 0 },
    ...{ state: 'paid', amountFen: order.priceFen, paidAt: at, createdAt: at, expiresAt: at },
    ...{ codeUrl: null, h5Url: null, jsapi: null, payerHash: null },
    ...{ lastQueriedAt: null, transactionId: null, refundDue: false, refundCause: null },
  };
}
