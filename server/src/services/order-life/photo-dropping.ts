import type { Result } from '@gradshot/domain';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { Repositories } from '../../ports/repositories.ts';
import { applyOrderEvent, type OrderAction } from './order-events.ts';

/** Applies an event after which the order's present photo no longer counts. */
export async function dropPhoto(
  repositories: Repositories,
  order: OrderRecord,
  event: OrderAction,
): Promise<Result<OrderRecord>> {
  const patch = { photoId: null, promisedAt: null, reasons: [] };
  const dropped = await applyOrderEvent(repositories, order, { ...event, patch });
  if (dropped.ok && order.photoId)
    await repositories.photos.update(order.photoId, { discardedAt: event.at });
  return dropped;
}
