import type { OrderView, PaymentView } from '../../../shared/index.ts';
import { type OrderStep, wrongStep } from './order-steps.ts';
import {
  type At,
  begin,
  type Change,
  type Effects,
  rule,
  type SessionState,
  show,
  tokenOf,
  withOrder,
} from './state.ts';

/** 服务内容 → 立即支付. */
export const paymentRules = {
  'session.pay': rule<'session.pay', 'service'>(
    ['service'],
    (state, view, payload, fresh): Change => {
      const missing = view.service.consents.filter((x) => !payload.consents.includes(x.kind));
      if (missing.length > 0)
        return { refused: { code: 'consent.required', details: { count: missing.length } } };
      const consents = view.service.consents.map(({ kind, version }) => ({ kind, version }));
      return begin(state, {
        kind: 'pay',
        input: { token: tokenOf(state), order: view.order, consents, key: fresh.id },
      });
    },
  ),

  /** Staff took the fee themselves; the graduate goes on as if the code had been paid. */
  'staff.recordPayment': rule<'staff.recordPayment', 'service' | 'payment'>(
    ['service', 'payment'],
    (state, { order }, taken, fresh): Change => {
      if (order.offline) return wrongStep();
      const act = JSON.stringify([order.orderId, taken]);
      const key = state.taken?.act === act ? state.taken.key : fresh.id;
      return begin(
        { ...state, taken: { act, key } },
        { kind: 'recordPayment', input: { order, taken, key } },
      );
    },
  ),

  /** Looks at once; an expired code is replaced by a new one. */
  'session.refreshPayment': rule<'session.refreshPayment', 'payment'>(
    ['payment'],
    (state, view, _payload, fresh): Change =>
      begin(state, {
        kind: 'refreshPayment',
        input: {
          token: tokenOf(state),
          order: view.order,
          payment: view.payment,
          key: fresh.id,
        },
      }),
  ),
};

export function paymentOpened(state: SessionState, outcome: Effects['pay']['value']): SessionState {
  if ('paidOrder' in outcome) return paid(state, outcome.paidOrder);
  return paymentSeen(state, outcome.payment);
}

/** The payment's state as the server tells it. */
export function paymentSeen(state: SessionState, payment: PaymentView): SessionState {
  const { student, order } = state.view as OrderStep;
  if (payment.state === 'paid') return paid(state, { ...order, state: 'pendingCapture' });
  const next = show(state, { step: 'payment', student, order, payment });
  return payment.state === 'pending' ? next : { ...next, failure: { code: 'payment.expired' } };
}

/** One payment is enough for everything that follows. */
export function paid(state: SessionState, order: OrderView): SessionState {
  const { student } = state.view as OrderStep;
  return show(withOrder(state, order), { step: 'requirements', student, order });
}

/** The code's time is over and nobody could be asked: it must not be scanned any more. */
export function paymentRanOut(state: SessionState, now: number): SessionState {
  const view = state.view as At<'payment'>;
  if (view.payment.state !== 'pending' || now < Date.parse(view.payment.expiresAt)) return state;
  return paymentSeen(state, { ...view.payment, state: 'expired' });
}
