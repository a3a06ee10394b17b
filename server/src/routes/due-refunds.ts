import { ok } from '@gradshot/domain';
import type { HandlersOf } from '../plugins/handler.ts';
import type { DueRefunds } from '../services/payments/due-refunds.ts';

type Ids = 'listDueRefunds' | 'returnDuePayment' | 'noteDuePaymentReturned';

export function dueRefundRoutes(services: { readonly dueRefunds: DueRefunds }): HandlersOf<Ids> {
  const { dueRefunds } = services;
  return {
    listDueRefunds: async ({ query: { returned, page, pageSize } }) =>
      ok(await dueRefunds.list({ returned: returned === 'true', page, pageSize })),
    returnDuePayment: ({ caller, owned, body }) => dueRefunds.giveBack(caller, owned.payment, body),
    noteDuePaymentReturned: ({ caller, owned, body }) =>
      dueRefunds.noteByHand(caller, owned.payment, body),
  };
}
