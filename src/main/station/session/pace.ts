import { isIn } from '@gradshot/domain';
import {
  type CommandPayload,
  journeyOfOrder,
  type OrderView,
  type Pace,
  type SessionStep,
  type SessionView,
} from '../../../shared/index.ts';
import type { At, SessionCommandName, SessionState } from './state.ts';

/** A command that the station gives itself. */
export type OwnPress = {
  [N in SessionCommandName]: { readonly name: N; readonly payload: CommandPayload<N> };
}[SessionCommandName];

type Presses = { readonly [S in SessionStep]?: (view: At<S>) => OwnPress | undefined };

/**
 * What a staffed lane passes by: a list of one order, a page with one button. A step without an entry
 * asks for something that only the graduate can give.
 */
const PRESSES: Readonly<Record<Pace, Presses>> = {
  stepwise: {},
  express: {
    orders: ({ orders: [order, ...others] }) =>
      order && others.length === 0
        ? { name: 'session.openOrder', payload: { orderId: order.orderId } }
        : undefined,
    orderDetail: ({ order }) =>
      leadsOn(order) ? { name: 'session.beginOrder', payload: {} } : undefined,
    requirements: () => ({ name: 'session.toCamera', payload: {} }),
    reviewShot: () => ({ name: 'session.keep', payload: {} }),
    kept: () => ({ name: 'session.judge', payload: {} }),
  },
};

/** Why a photo was sent back, and that an order has ended, must be read. */
function leadsOn(order: OrderView): boolean {
  return !isIn(journeyOfOrder(order).state, 'rejected', 'refunding', 'ended');
}

/** What the station presses at a step that was just reached; nothing where something went wrong. */
export function ownPress({ pace, view, failure, running }: SessionState): OwnPress | undefined {
  if (failure || running) return undefined;
  const press = PRESSES[pace][view.step] as
    | ((view: SessionView) => OwnPress | undefined)
    | undefined;
  return press?.(view);
}
