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
 * `unconfirmed`: it still does not, or the browser left for WeChat: the person may ask again, or
 * go on with the same payment.
 */
export type PaymentPhase = 'idle' | 'opening' | 'confirming' | 'unconfirmed' | 'paid';

export type PaymentState = {
  /** The order that the rest is about. */
  readonly orderId: string | undefined;
  readonly service: Service | undefined;
  readonly phase: PaymentPhase;
  readonly failure: Failure | undefined;
  /** 服务内容 of an order; takes up a payment that the browser left for. */
  open(orderId: string): Promise<void>;
  /** 立即支付, with the consents given. */
  pay(orderId: string, consents: Service['consents']): Promise<void>;
  /** Asks for the outcome of the payment that was left. */
  confirm(orderId: string): Promise<void>;
  /** The page is left: what is still on its way says nothing about the next one. */
  forget(): void;
};

/** Calls of one visit; `set` does nothing once another order's page was opened. */
type Visit = { set(part: Partial<PaymentState>): void; isOver(): boolean };

const EMPTY = {
  orderId: undefined,
  service: undefined,
  phase: 'idle',
  failure: undefined,
} as const;

export const createPaymentStore = (parts: Parts) =>
  createStore<PaymentState>((set, get) => {
    let visits = 0;
    const visit = (): Visit => {
      visits += 1;
      const own = visits;
      const isOver = () => own !== visits;
      return { isOver, set: (part) => !isOver() && set(part) };
    };
    const isBusy = (orderId: string) =>
      get().orderId === orderId && ['opening', 'confirming'].includes(get().phase);
    return {
      ...EMPTY,
      open: async (orderId) => {
        const own = visit();
        own.set({ ...EMPTY, orderId });
        const answer = await parts.api.call('getService', { params: { orderId } });
        own.set(answer.ok ? { service: answer.value } : { failure: answer.error });
        const left = parts.platform.storage.get(keyOf(orderId)) !== undefined;
        if (left && !own.isOver()) await confirm(parts, own, orderId);
      },
      pay: async (orderId, consents) => {
        if (isBusy(orderId)) return;
        const own = visit();
        own.set({ orderId, phase: 'opening', failure: undefined });
        const handed = await handOver(parts, own, orderId, consents);
        if (handed.ok && handed.value === 'finished') return confirm(parts, own, orderId);
        // Some browsers come back to the page as it was left: it must not wait for ever then.
        if (handed.ok) return own.set({ phase: 'unconfirmed' });
        if (handed.error.code === 'payment.alreadyPaid') return own.set({ phase: 'paid' });
        own.set({ phase: 'idle', failure: handed.error });
      },
      confirm: async (orderId) => {
        if (isBusy(orderId)) return;
        await confirm(parts, visit(), orderId);
      },
      forget: () => {
        visit().set(EMPTY);
      },
    };
  });

const keyOf = (orderId: string) => `payment:${orderId}`;

/** Consents first: nothing may be paid for that was not agreed to. */
async function handOver(
  { api, platform }: Parts,
  visit: Visit,
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
  // Nobody is to be asked for money on a page about something else.
  if (visit.isOver()) return ok('left');
  platform.storage.set(keyOf(orderId), payment.value.paymentId);
  if (payment.value.state === 'paid') return ok('finished');
  const handed = await platform.pay.request(payment.value);
  if (!handed.ok) platform.storage.remove(keyOf(orderId));
  return handed;
}

async function confirm(parts: Parts, visit: Visit, orderId: string): Promise<void> {
  const paymentId = parts.platform.storage.get(keyOf(orderId));
  if (!paymentId) return visit.set({ orderId, phase: 'idle' });
  visit.set({ orderId, phase: 'confirming', failure: undefined });
  const outcome = await outcomeOf(parts, visit, paymentId);
  if (outcome.ok && outcome.value === 'pending') return visit.set({ phase: 'unconfirmed' });
  if (!outcome.ok) return visit.set({ phase: 'unconfirmed', failure: outcome.error });
  parts.platform.storage.remove(keyOf(orderId));
  if (outcome.value === 'paid') visit.set({ phase: 'paid' });
  else visit.set({ phase: 'idle', failure: { code: 'payment.expired' } });
}

async function outcomeOf(
  parts: Parts,
  visit: Visit,
  paymentId: string,
): Promise<Result<Payment['state']>> {
  let last: Result<Payment['state']> = fail('network.timeout');
  for (let round = 0; round < CONFIRM_ROUNDS && !(round > 0 && visit.isOver()); round += 1) {
    if (round > 0) await parts.wait(CONFIRM_PAUSE_MS);
    const answer = await parts.api.call('getPayment', { params: { paymentId } });
    last = answer.ok ? ok(answer.value.state) : answer;
    if (answer.ok && answer.value.state !== 'pending') break;
  }
  return last;
}
