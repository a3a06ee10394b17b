import type { OrderState } from '@gradshot/domain';
import { buildReport } from '@gradshot/testkit';
import type { OrderView, PaymentView, SessionStep, ShotView } from '../../../../shared/index.ts';
import { type At, NOBODY, type SessionState } from '../state.ts';
import { orderOf, personOf } from './memory-ports.ts';

export const SHOT_A: ShotView = {
  photoId: 'photo<A>',
  width: 4000,
  height: 3000,
  capturedAt: '2026-11-23T01:00:00.000Z',
};

export const PAYMENT_A: PaymentView = {
  paymentId: 'payment<A>',
  state: 'pending',
  amountFen: 2500,
  codeUrl: 'weixin://<A>',
  expiresAt: '2026-11-23T01:10:00.000Z',
};

/** Everything that a view of any step may need; of A, whose order it is. */
function factsOf(order: OrderView) {
  const expiresAt = '2026-11-23T01:05:00.000Z';
  return {
    ...{ student: personOf('A'), order, orders: [order, orderOf('B', 'pendingCapture')] },
    ...{
      shot: SHOT_A,
      report: buildReport(),
      hasStandard: true,
      accepted: true,
      payment: PAYMENT_A,
      expiresAt,
    },
    ...{ progress: 0, stage: 'decode', photoId: SHOT_A.photoId },
    service: {
      ...{ priceFen: 2500, items: [] },
      consents: [
        { kind: 'service' as const, version: '1', zh: '协议', en: 'Terms' },
        { kind: 'faceProcessing' as const, version: '2', zh: '人脸', en: 'Face' },
      ],
    },
  };
}

/** The visit of A at a step, with the order as given. */
export function stateAt<S extends SessionStep>(
  step: S,
  order: OrderState | OrderView = 'pendingCapture',
): SessionState & { readonly view: At<S> } {
  const seen = typeof order === 'string' ? orderOf('A', order) : order;
  const facts = factsOf(seen);
  return {
    ...NOBODY,
    ...{ visit: 3, lastOp: 5, language: 'en', token: 'token<A>', orders: facts.orders },
    ticket: 'ticket<A>',
    picture: Buffer.from('picture<A>'),
    view: { step, ...facts } as unknown as At<S>,
  };
}
