import type { ArrivalPlace, RouteOutput } from '@gradshot/contract';
import { ok, type Result } from '@gradshot/domain';
import type { ServerLink } from './server-link.ts';

/** The server as 到场 by phone uses it. */
export type ArrivalDesk = {
  /** Tells places that changed, and hears who else has arrived. */
  exchange(places: readonly ArrivalPlace[]): Promise<Result<RouteOutput<'exchangeArrivals'>>>;
  /** What begins the visit about an order, like the 采集码 of its graduate. */
  codeOf(orderId: string): Promise<Result<string>>;
};

export function createArrivalDesk(link: ServerLink): ArrivalDesk {
  return {
    exchange: (places) =>
      link.asStation((client) =>
        client.call('exchangeArrivals', { body: { places: [...places] } }),
      ),
    async codeOf(orderId) {
      const made = await link.asStation((client) =>
        client.call('createHandover', { params: { orderId } }),
      );
      return made.ok ? ok(made.value.qrText) : made;
    },
  };
}
