import type { Payment, RouteOutput } from '@gradshot/contract';
import { type Failure, fail, ok, type Result } from '@gradshot/domain';
import { createStore } from 'zustand/vanilla';
import { newId, type Parts } from './parts.ts';

export type Service = RouteOutput<'getService'>;

/** The server asks WeChat itself when no notification came; more rounds only cost patience. */
const CONFIRM_ROUNDS = 10;
const CONFIRM_PAUSE_MS = 1500;

/**
 * `confirming`: control is back from WeChat, the server does not know the outcome yet;
 * `unconfirmed`: it still does not, the person may ask again.
 */
export type PaymentPhase = 'idle' | 'opening' | 'confirming' | 'unconfirmed' | 'paid';

export type PaymentState = {
  readonly service: Service | undefined;
  readonly phase: PaymentPhase;
  readonly failure: Failure | undefined;
  /** 服务内容 of an order; takes up a payment that the browser left for. */
  open(orderId: string): Promise<void>;
  /** 立即支付, with the consents given. */
  pay(orderId: string, consents: Service['consents']): Promise<void>;
  /** Asks for the outcome of the payment that was left. */
  confirm(orderId: string): Promise<void>;
};

type Set = (part: Partial<PaymentState>) => void;

export const createPaymentStore = (parts: Parts) =>
  createStore<PaymentState>((set, get) => ({
    service: undefined,
    phase: 'idle',
    failure: undefined,
    open: async (orderId) => {
      set({ service: undefined, phase: 'idle', failure: undefined });
      const answer = await parts.api.call('getService', { params: { orderId } });
      if (answer.ok) set({ service: answer.value });
      else set({ failure: answer.error });
      if (parts.platform.storage.get(keyOf(orderId))) await get().confirm(orderId);
    },
    pay: async (orderId, consents) => {
      if (get().phase === 'opening' || get().phase === 'confirming') return;
      set({ phase: 'opening', failure: undefined });
      const handed = await handOver(parts, orderId, consents);
      if (handed.ok) return handed.value === 'finished' ? get().confirm(orderId) : undefined;
      if (handed.error.code === 'payment.alreadyPaid') return set({ phase: 'paid' });
      set({ phase: 'idle', failure: handed.error });
    },
    confirm: (orderId) => confirm(parts, set, orderId),
  }));

const keyOf = (orderId: string) => `payment:${orderId}`;

/** Consents first: nothing may be paid for that was not agreed to. */
async function handOver(
  { api, platform }: Parts,
  orderId: string,
  consents: Service['consents'],
): Promise<Result<'finished' | 'left'>> {
  const body = { consents: consents.map(({ kind, version }) => ({ kind, version })) };
  const consent = await api.call('giveConsent', { params: { orderId }, body });
  if (!consent.ok) return consent;
  const payment = await api.call('createPayment', {
    params: { orderId },
    body: { method: platform.pay.method, idempotencyKey: await newId(platform) },
  });
  if (!payment.ok) return payment;
  platform.storage.set(keyOf(orderId), payment.value.paymentId);
  if (payment.value.state === 'paid') return ok('finished');
  const handed = await platform.pay.request(payment.value);
  if (!handed.ok) platform.storage.remove(keyOf(orderId));
  return handed;
}

async function confirm(parts: Parts, set: Set, orderId: string): Promise<void> {
  const paymentId = parts.platform.storage.get(keyOf(orderId));
  if (!paymentId) return set({ phase: 'idle' });
  set({ phase: 'confirming', failure: undefined });
  const outcome = await outcomeOf(parts, paymentId);
  if (outcome.ok && outcome.value === 'pending') return set({ phase: 'unconfirmed' });
  if (!outcome.ok) return set({ phase: 'unconfirmed', failure: outcome.error });
  parts.platform.storage.remove(keyOf(orderId));
  if (outcome.value === 'paid') set({ phase: 'paid' });
  else set({ phase: 'idle', failure: { code: 'payment.expired' } });
}

async function outcomeOf(parts: Parts, paymentId: string): Promise<Result<Payment['state']>> {
  let last: Result<Payment['state']> = fail('network.timeout');
  for (let round = 0; round < CONFIRM_ROUNDS; round += 1) {
    if (round > 0) await parts.wait(CONFIRM_PAUSE_MS);
    const answer = await parts.api.call('getPayment', { params: { paymentId } });
    last = answer.ok ? ok(answer.value.state) : answer;
    if (answer.ok && answer.value.state !== 'pending') break;
  }
  return last;
}
