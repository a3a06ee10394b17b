import { eventsFor, type OrderEvent, type OrderState, type Result } from '@gradshot/domain';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from './order-events.ts';
import { applyOrderEvent, type OrderAction } from './order-events.ts';

type Rows = OrderChangeRows & PhotoRows;

const DROPPING = ['discardPhoto', 'retake'] as const satisfies readonly OrderEvent[];

/** By which event the graduate gives the order's present photo up; none where that is not possible. */
export function droppingEvent(state: OrderState): (typeof DROPPING)[number] | undefined {
  const possible = eventsFor(state, 'graduate');
  return DROPPING.find((event) => possible.includes(event));
}

/** Applies an event after which the order's present photo no longer counts. */
export async function dropPhoto(
  repositories: Rows,
  order: OrderRecord,
  event: OrderAction,
): Promise<Result<OrderRecord>> {
  const patch = { photoId: null, promisedAt: null, reasons: [] };
  const dropped = await applyOrderEvent(repositories, order, { ...event, patch });
  if (dropped.ok && order.photoId)
    await repositories.photos.update(order.photoId, { discardedAt: event.at });
  return dropped;
}
