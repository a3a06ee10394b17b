import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { Consents } from '../services/consents/consents.ts';
import type { Orders } from '../services/orders/orders.ts';
import type { ImageChecks } from '../services/publishing/image-checks.ts';
import type { Arrivals } from '../services/stations/arrivals.ts';

type Ids =
  | 'listOrders'
  | 'getOrder'
  | 'getService'
  | 'giveConsent'
  | 'cancelOrder'
  | 'handInPhoto'
  | 'retakePhoto'
  | 'arriveAtStation';

export function orderRoutes(services: {
  readonly orders: Orders;
  readonly consents: Consents;
  readonly arrivals: Arrivals;
  readonly imageChecks: ImageChecks;
}): HandlersOf<Ids> {
  const { orders, consents, arrivals, imageChecks } = services;
  return {
    listOrders: async ({ caller }) => ok({ orders: await orders.list(caller.studentIds) }),
    getOrder: async ({ order }) =>
      ok(await imageChecks.shown(await arrivals.shown(await orders.detail(order)))),
    getService: async ({ order }) => ok(consents.content(order)),
    giveConsent: ({ order, body, caller }) => consents.give(order, body.consents, caller),
    cancelOrder: ({ order, caller }) => orders.cancel(order, caller),
    handInPhoto: ({ order, body, caller }) => orders.handIn(order, body, caller),
    arriveAtStation: async ({ order, body }) => {
      const arrived = await arrivals.arrive(order, body.code);
      return arrived.ok ? ok(await arrivals.shown(await orders.detail(order))) : arrived;
    },
    retakePhoto: ({ order, caller }) => orders.retake(order, caller),
  };
}
