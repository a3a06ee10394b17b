import { EventEmitter } from 'node:events';
import type { Failure, OrderState } from '@gradshot/domain';

/** What one part tells whoever listens, so that none is made before what it needs. */
type StationEventMap = {
  /** The snapshot is out of date. */
  changed: [];
  /** There is more to deliver. */
  queued: [];
  /** The server answers again. */
  serverBack: [];
  /** The server told what an order has become. */
  orderChanged: [change: { readonly orderId: string; readonly state: OrderState }];
  /** A tethered camera gave a picture to the visit before it. */
  shot: [{ picture: Uint8Array<ArrayBuffer>; width: number; height: number }];
  /** It gave one that cannot be used. */
  shotRefused: [failure: Failure];
};

export type StationEvents = EventEmitter<StationEventMap>;

export function createStationEvents(): StationEvents {
  // Each paired tablet is one more that listens.
  return new EventEmitter<StationEventMap>().setMaxListeners(0);
}
