import { eventsFor, fail, type OrderState, ok, type Result, transition } from '@gradshot/domain';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent, type OrderAction } from '../order-life/order-events.ts';
import { dropPhoto, droppingEvent } from '../order-life/photo-dropping.ts';

type Rows = OrderChangeRows & PhotoRows;

type ArrivalEvent = 'discardPhoto' | 'retake' | 'keepPhoto';

/** Events that lead from a state to `pendingStandardization`; none where no photo may come. */
export function photoPlan(state: OrderState): readonly ArrivalEvent[] | undefined {
  if (eventsFor(state, 'graduate').includes('keepPhoto')) return ['keepPhoto'];
  const dropping = droppingEvent(state);
  return dropping && [dropping, 'keepPhoto'];
}

/** Why the order takes no photo now. */
export function refusePhoto(order: OrderRecord): Result<never> {
  const refused = transition(order.state, 'keepPhoto', 'graduate');
  return refused.ok ? fail('order.transitionForbidden') : refused;
}

/**
 * Makes a photo the order's present one, in place of an earlier one: the order then waits for
 * standardisation. `order` must be locked.
 */
export async function arrivePhoto(
  repositories: Rows,
  order: OrderRecord,
  photoId: string,
  who: Pick<OrderAction, 'actorId' | 'at'>,
): Promise<Result<OrderRecord>> {
  let current = order;
  for (const event of photoPlan(order.state) ?? (['keepPhoto'] as const)) {
    const action: OrderAction = { event, actor: 'graduate', ...who };
    const next =
      event === 'keepPhoto'
        ? await applyOrderEvent(repositories, current, {
            ...action,
            details: { photoId },
            patch: { photoId },
          })
        : await dropPhoto(repositories, current, action);
    if (!next.ok) return next;
    current = next.value;
  }
  return ok(current);
}
