import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { ConsoleDeskTakings } from '../services/payments/desk-takings.ts';
import type { DueRefunds } from '../services/payments/due-refunds.ts';

type Ids = 'listDueRefunds' | 'returnDuePayment' | 'noteDuePaymentReturned' | 'listDeskTakings';

export function dueRefundRoutes(services: {
  readonly dueRefunds: DueRefunds;
  readonly deskTakings: ConsoleDeskTakings;
}): HandlersOf<Ids> {
  const { dueRefunds, deskTakings } = services;
  return {
    listDueRefunds: async ({ caller, query: { returned, page, pageSize } }) =>
      ok(await dueRefunds.list(caller, { returned: returned === 'true', page, pageSize })),
    returnDuePayment: ({ caller, owned, body }) => dueRefunds.giveBack(caller, owned.payment, body),
    listDeskTakings: async ({ caller, query }) =>
      ok({ takings: await deskTakings.list(caller, query) }),
    noteDuePaymentReturned: ({ caller, owned, body }) =>
      dueRefunds.noteByHand(caller, owned.payment, body),
  };
}
