import type { OrderView, SessionView } from '../../../shared/index.ts';

/** Without the network, what waits for its turn waits for the network; so the screen says. */
export function seenOffline(view: SessionView): SessionView {
  if (view.step === 'orders') return { ...view, orders: view.orders.map(waiting) };
  return 'order' in view ? { ...view, order: waiting(view.order) } : view;
}

function waiting(order: OrderView): OrderView {
  const { local } = order;
  return local?.step === 'handedIn' && local.delivery === 'queued'
    ? { ...order, local: { ...local, delivery: 'offline' } }
    : order;
}
