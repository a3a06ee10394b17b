import { randomUUID } from 'node:crypto';
import type { PAYMENT_METHODS, Payment } from '@gradshot/contract';
import { fail, glossary, ok, type Result, transition } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { OrderRecord, OrderView } from '../../ports/order-life/order-repository.ts';
import type { NewPayment, PaymentProvider } from '../../ports/payments/payment-provider.ts';
import type {
  PaymentPatch,
  PaymentRecord,
  PaymentRows,
} from '../../ports/payments/payment-repository.ts';
import { requireConsents } from '../consents/consent-check.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent } from '../order-life/order-events.ts';
import { countsAsPaid, retirePayment, settlePayment } from './payment-settlement.ts';

type Rows = OrderChangeRows & PaymentRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly notifyUrl: () => string;
  readonly payments: PaymentProvider;
  readonly vault: Vault;
};

/** How long a QR code at the station or a payment on the phone stays valid. */
const VALID_MINUTES = 30;
/** A payment about to expire is not offered again. */
const MARGIN_MS = 60_000;
/** Screens poll every second; the provider is asked less often. */
const QUERY_INTERVAL_MS = 2_000;
/** The provider's page for a phone's browser serves five minutes; a fresh one is asked for then. */
const H5_FRESH_MS = 4 * 60_000;
/** A payer whose address a proxy hides (TEST-NET-1, RFC 5737). */
const UNKNOWN_ADDRESS = '192.0.2.1';
/** One stale payment may have to go before another one stands; more would be a loop. */
export const MAX_ROUNDS = 3;

export type PaymentRequest = {
  readonly method: (typeof PAYMENT_METHODS)[number];
  readonly idempotencyKey: string;
  /** The payer's WeChat id, for `jsapi`. */
  readonly openid?: string;
  /** The payer's address, which the provider of a phone's browser wants. */
  readonly clientIp?: string;
};

export type Payments = {
  /** Opens the order's payment, or returns the one that is still valid. */
  open(order: OrderView, request: PaymentRequest): Promise<Result<Payment>>;
  /** The payment as it stands, after asking the provider when it is still pending. */
  refresh(payment: PaymentRecord): Promise<Result<Payment>>;
  /** Settles what expired without anybody looking; returns how many were looked at. */
  settleStale(limit: number): Promise<number>;
};

export function createPayments(environment: Needs): Payments {
  return {
    open: (order, request) => open(environment, order, request),
    async refresh(payment) {
      if (wasAskedJustNow(environment, payment)) return ok(viewOf(payment));
      const settled = await settlePayment(environment, payment);
      if (settled.ok) return ok(viewOf(settled.value));
      // The service is away: what we know still holds, and the next look asks again.
      return ok(viewOf(payment));
    },
    async settleStale(limit) {
      const stale = await environment.storage.payments.listStale(environment.clock(), limit);
      for (const payment of stale) await settlePayment(environment, payment);
      return stale.length;
    },
  };
}

function wasAskedJustNow({ clock }: Needs, { lastQueriedAt }: PaymentRecord): boolean {
  const last = lastQueriedAt?.getTime() ?? 0;
  return clock().getTime() - last < QUERY_INTERVAL_MS;
}

async function open(
  environment: Needs,
  order: OrderView,
  request: PaymentRequest,
): Promise<Result<Payment>> {
  if (request.method === 'jsapi' && !request.openid)
    return fail('request.invalid', { field: 'method' });
  const retired = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const reserved = await environment.storage.transaction((repositories) =>
      reserve(environment, repositories, order.id, { ...request, retired }),
    );
    if (!reserved.ok) return reserved;
    const { payment, usable } = reserved.value;
    if (usable) {
      const opened = await openAtProvider(environment, order, payment, request);
      if (opened !== 'stale') return opened;
    }
    const gone = await retirePayment(environment, payment);
    if (!gone.ok) return gone;
    if (countsAsPaid(gone.value)) return fail('payment.alreadyPaid');
    retired.add(payment.id);
  }
  return fail('payment.providerUnavailable');
}

/** `retired`: payments that this very request has ended, so that none of them answers it. */
type Wish = PaymentRequest & { readonly retired: ReadonlySet<string> };

type Reserved = { readonly payment: PaymentRecord; readonly usable: boolean };

/** Under the order's lock, so that two presses of the button never make two payments. */
async function reserve(
  environment: Needs,
  repositories: Rows,
  orderId: string,
  request: Wish,
): Promise<Result<Reserved>> {
  const { orders, payments } = repositories;
  const order = await orders.lock(orderId);
  if (!order) return fail('order.notFound');
  const known = await payments.findByKey(request.idempotencyKey);
  if (known && (known.orderId !== orderId || known.method !== request.method))
    return fail('request.idempotencyMismatch');
  if (known && answers(known, request)) return ok({ payment: known, usable: true });
  if (order.state !== 'pendingPayment') return refusePayment(repositories, order);
  const agreed = await requireConsents(repositories, orderId, 'current');
  if (!agreed.ok) return agreed;
  const pending = await payments.findPending(orderId);
  if (pending) return reuse(environment, repositories, pending, request);
  return ok({ payment: await insert(environment, repositories, order, request), usable: true });
}

/** The same key again gets what came of it, unless that only ran out. */
function answers({ id, state }: PaymentRecord, { retired }: Wish): boolean {
  return state !== 'pending' && state !== 'expired' && !retired.has(id);
}

/** Of an order that waits for no payment: it is paid, or why there will be none. */
export async function refusePayment(
  { payments }: PaymentRows,
  order: OrderRecord,
): Promise<Result<never>> {
  if (await payments.hasPaid(order.id)) return fail('payment.alreadyPaid');
  const refused = transition(order.state, 'confirmPayment', 'server');
  return refused.ok ? fail('order.transitionForbidden') : refused;
}

/** WeChat takes a payment inside the mini-program from the one account that it was opened for. */
function payerHashOf({ vault }: Needs, { method, openid }: PaymentRequest): string | null {
  return method === 'jsapi' && openid ? vault.pseudonym(openid, 'openid') : null;
}

async function reuse(
  environment: Needs,
  { payments }: Rows,
  pending: PaymentRecord,
  request: PaymentRequest,
): Promise<Result<Reserved>> {
  const usable =
    pending.method === request.method &&
    pending.payerHash === payerHashOf(environment, request) &&
    pending.expiresAt.getTime() - MARGIN_MS > environment.clock().getTime();
  if (usable) await payments.addKey(request.idempotencyKey, pending.id);
  return ok({ payment: pending, usable });
}

async function insert(
  environment: Needs,
  repositories: Rows,
  order: OrderRecord,
  request: PaymentRequest,
): Promise<PaymentRecord> {
  const now = environment.clock();
  const id = randomUUID();
  const free = order.priceFen === 0;
  const payment: PaymentRecord = {
    id,
    orderId: order.id,
    schoolId: order.schoolId,
    outTradeNo: id.replaceAll('-', ''),
    method: request.method,
    state: free ? 'paid' : 'pending',
    amountFen: order.priceFen,
    askedFen: null,
    refundedFen: 0,
    codeUrl: null,
    h5Url: null,
    jsapi: null,
    expiresAt: new Date(now.getTime() + VALID_MINUTES * 60_000),
    createdAt: now,
    lastQueriedAt: null,
    paidAt: free ? now : null,
    transactionId: null,
    refundDue: false,
    refundCause: null,
    payerHash: payerHashOf(environment, request),
  };
  await repositories.payments.insert(payment);
  await repositories.payments.moveKey(request.idempotencyKey, id);
  if (free) await confirmFree(repositories, order, payment);
  return payment;
}

async function confirmFree(
  repositories: Rows,
  order: OrderRecord,
  payment: PaymentRecord,
): Promise<void> {
  const confirmed = await applyOrderEvent(repositories, order, {
    event: 'confirmPayment',
    actor: 'server',
    actorId: null,
    at: payment.createdAt,
    details: { paymentId: payment.id, free: true },
  });
  if (!confirmed.ok) throw new Error(`free order ${order.id}: ${confirmed.error.code}`);
}

/** `stale`: the provider will not take this payment any more. */
async function openAtProvider(
  environment: Needs,
  order: OrderView,
  payment: PaymentRecord,
  request: PaymentRequest,
): Promise<Result<Payment> | 'stale'> {
  if (payment.state !== 'pending' || isOpen(payment, environment.clock()))
    return ok(viewOf(payment));
  const opened = await callProvider(environment, newPayment(environment, order, payment), request);
  if (!opened.ok) return isStale(opened.error.code) ? 'stale' : opened;
  await environment.storage.payments.update(payment.id, opened.value);
  return ok(viewOf({ ...payment, ...opened.value }));
}

/** Opened at the provider before, and what the payer needs for it is still good. */
function isOpen({ codeUrl, jsapi, h5Url, createdAt }: PaymentRecord, now: Date): boolean {
  const fresh = now.getTime() - createdAt.getTime() < H5_FRESH_MS;
  return codeUrl !== null || jsapi !== null || (h5Url !== null && fresh);
}

const isStale = (code: string) =>
  ['payment.alreadyPaid', 'payment.expired', 'request.idempotencyMismatch'].includes(code);

async function callProvider(
  { payments }: Needs,
  payment: NewPayment,
  request: PaymentRequest,
): Promise<Result<PaymentPatch>> {
  switch (request.method) {
    case 'native':
      return payments.createNative(payment);
    case 'jsapi':
      return payments.createJsapi({ ...payment, openid: request.openid ?? '' });
    case 'h5':
      return payments.createH5({ ...payment, clientIp: request.clientIp ?? UNKNOWN_ADDRESS });
  }
}

function newPayment({ notifyUrl }: Needs, order: OrderView, payment: PaymentRecord): NewPayment {
  return {
    outTradeNo: payment.outTradeNo,
    description: `${glossary.programName.zh} ${order.orderNo}`,
    amountFen: payment.amountFen,
    expiresAt: payment.expiresAt,
    notifyUrl: notifyUrl(),
  };
}

export function viewOf(payment: PaymentRecord): Payment {
  const open = payment.state === 'pending';
  return {
    paymentId: payment.id,
    orderId: payment.orderId,
    method: payment.method,
    state: payment.state,
    amountFen: payment.amountFen,
    ...(open && payment.codeUrl ? { codeUrl: payment.codeUrl } : {}),
    ...(open && payment.h5Url ? { h5Url: payment.h5Url } : {}),
    ...(open && payment.jsapi ? { jsapi: payment.jsapi } : {}),
    expiresAt: payment.expiresAt.toISOString(),
    ...(payment.paidAt ? { paidAt: payment.paidAt.toISOString() } : {}),
  };
}
