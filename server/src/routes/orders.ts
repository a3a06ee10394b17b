import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { Consents } from '../services/consents/consents.ts';
import type { Orders } from '../services/orders/orders.ts';

type Ids =
  | 'listOrders'
  | 'getOrder'
  | 'getService'
  | 'giveConsent'
  | 'cancelOrder'
  | 'handInPhoto'
  | 'retakePhoto';

export function orderRoutes(services: {
  readonly orders: Orders;
  readonly consents: Consents;
}): HandlersOf<Ids> {
  const { orders, consents } = services;
  return {
    listOrders: async ({ caller }) => ok({ orders: await orders.list(caller.studentIds) }),
    getOrder: async ({ order }) => ok(await orders.detail(order)),
    getService: async ({ order }) => ok(consents.content(order)),
    giveConsent: ({ order, body, caller }) => consents.give(order, body.consents, caller),
    cancelOrder: ({ order, caller }) => orders.cancel(order, caller),
    handInPhoto: ({ order, body, caller }) => orders.handIn(order, body, caller),
    retakePhoto: ({ order, caller }) => orders.retake(order, caller),
  };
}
