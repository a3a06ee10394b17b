import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { RefundRequests } from '../services/payments/refund-requests.ts';
import type { ShownRefunds } from '../services/payments/shown-refunds.ts';

type Ids =
  | 'askRefund'
  | 'listRefundRequests'
  | 'decideRefundRequest'
  | 'listRefunds'
  | 'sendRefundToCard'
  | 'markRefundDone';

export function refundRoutes(services: {
  readonly refundRequests: RefundRequests;
  readonly shownRefunds: ShownRefunds;
}): HandlersOf<Ids> {
  const { refundRequests, shownRefunds } = services;
  return {
    askRefund: ({ caller, order, body }) => refundRequests.ask(caller, order, body),
    listRefundRequests: async ({ caller, query: { decided, ...page } }) =>
      ok(await refundRequests.list(caller, { decided: decided === 'true', ...page })),
    decideRefundRequest: ({ caller, params, body }) =>
      refundRequests.decide(caller, params.requestId, body),
    listRefunds: async ({ query }) => ok(await shownRefunds.list(query)),
    sendRefundToCard: ({ caller, params, body }) =>
      shownRefunds.toCard(caller, params.refundId, body),
    markRefundDone: ({ caller, params, body }) =>
      shownRefunds.markDone(caller, params.refundId, body),
  };
}
