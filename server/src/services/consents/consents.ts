import type { RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import { type CallerIdentity, callerId } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRows, OrderView } from '../../ports/order-life/order-repository.ts';
import { CONSENTS, isCurrentConsent, SERVICE_ITEMS } from './service-content.ts';

type Needs = Stored<OrderRows> & {
  readonly clock: Clock;
};

type Given = { readonly kind: string; readonly version: string };

export type Consents = {
  content(order: OrderView): RouteOutput<'getService'>;
  /** Keeps who agreed to which wording when. `request.invalid` for a wording not asked for. */
  give(
    order: OrderView,
    given: readonly Given[],
    caller: CallerIdentity,
  ): Promise<Result<RouteOutput<'giveConsent'>>>;
};

export function createConsents({ storage, clock }: Needs): Consents {
  return {
    content: (order) => ({ priceFen: order.priceFen, items: SERVICE_ITEMS, consents: CONSENTS }),
    async give(order, given, caller) {
      if (!given.every(({ kind, version }) => isCurrentConsent(kind, version)))
        return fail('request.invalid', { field: 'consents' });
      const givenAt = clock();
      await storage.transaction(async ({ orders }) => {
        for (const { kind, version } of given)
          await orders.addConsent({
            orderId: order.id,
            kind,
            version,
            givenAt,
            caller: caller.kind,
            callerId: callerId(caller),
          });
      });
      return ok({ recordedAt: givenAt.toISOString() });
    },
  };
}
