import { type Actor, type OrderEvent, ok, type Result, transition } from '@gradshot/domain';
import type { AccountRows } from '../../ports/accounts/account-repository.ts';
import type { Announcing } from '../../ports/ground/happenings.ts';
import type { DeliveryRows, NoticeRows } from '../../ports/messages/notice-repository.ts';
import type {
  OrderPatch,
  OrderRecord,
  OrderRows,
} from '../../ports/order-life/order-repository.ts';
import { writeNotices } from '../messages/notices.ts';

export type OrderChangeRows = AccountRows & Announcing & DeliveryRows & NoticeRows & OrderRows;

export type OrderAction = {
  readonly event: OrderEvent;
  readonly actor: Actor;
  /** Who that was: a student's, station's or member of staff's id. */
  readonly actorId: string | null;
  readonly at: Date;
  /** Facts worth keeping in the history; nothing personal. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  /** Further columns that change with the state. */
  readonly patch?: Omit<OrderPatch, 'state' | 'updatedAt'>;
};

/**
 * The only way an order changes its state: the domain's table decides, and the order, its history
 * and the stations' change feed are written together. `order` must be locked in this transaction.
 */
export async function applyOrderEvent(
  repositories: OrderChangeRows,
  order: OrderRecord,
  action: OrderAction,
): Promise<Result<OrderRecord>> {
  const to = transition(order.state, action.event, action.actor);
  if (!to.ok) return to;
  const patch = { ...action.patch, state: to.value, updatedAt: action.at };
  if (!(await repositories.orders.update(order.id, order.state, patch)))
    throw new Error(`order ${order.id} was changed by somebody else while it was locked`);
  const changed = { ...order, ...patch };
  await record(repositories, order, changed, action);
  return ok(changed);
}

async function record(
  repositories: OrderChangeRows,
  before: OrderRecord,
  after: OrderRecord,
  action: OrderAction,
): Promise<void> {
  const { orders } = repositories;
  await orders.addEvent({
    orderId: before.id,
    at: action.at,
    event: action.event,
    fromState: before.state,
    toState: after.state,
    actor: action.actor,
    actorId: action.actorId,
    details: action.details ?? {},
  });
  await writeNotices(repositories, after, action);
  await announceOrder(repositories, after, action.at);
}

/** Tells everybody who follows the order, the stations of its school first, what it is like now. */
export async function announceOrder(
  repositories: Announcing & OrderRows,
  order: OrderRecord,
  at: Date,
): Promise<void> {
  await repositories.orders.addChange({
    schoolId: order.schoolId,
    orderId: order.id,
    state: order.state,
    photoId: order.photoId,
    reasons: order.reasons,
    at,
  });
  const { id: orderId, studentId } = order;
  repositories.announce({ topic: 'order', orderId, studentId });
}
