import { fail, type OrderState, ok, type Result, transition } from '@gradshot/domain';
import type { OrderRecord } from '../../ports/order-life/order-repository.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type { OrderChangeRows } from '../order-life/order-events.ts';
import { applyOrderEvent, type OrderAction } from '../order-life/order-events.ts';
import { dropPhoto } from '../order-life/photo-dropping.ts';

type Rows = OrderChangeRows & PhotoRows;

type ArrivalEvent = 'discardPhoto' | 'retake' | 'uploadPhoto';

/** Events that lead from a state to `pendingStandardization`; none where no photo may come. */
export function photoPlan(state: OrderState): readonly ArrivalEvent[] | undefined {
  switch (state) {
    case 'pendingCapture':
      return ['uploadPhoto'];
    case 'pendingStandardization':
    case 'pendingSubmission':
      return ['discardPhoto', 'uploadPhoto'];
    case 'rejected':
      return ['retake', 'uploadPhoto'];
    default:
      return undefined;
  }
}

/** Why the order takes no photo now. */
export function refusePhoto(order: OrderRecord): Result<never> {
  const refused = transition(order.state, 'uploadPhoto', 'graduate');
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
  for (const event of photoPlan(order.state) ?? (['uploadPhoto'] as const)) {
    const action: OrderAction = { event, actor: 'graduate', ...who };
    const next =
      event === 'uploadPhoto'
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
