import { journeyOfOrder, type OrderView } from '../../../shared/index.ts';
import {
  type At,
  begin,
  type Change,
  type Place,
  rule,
  type SessionState,
  show,
  tokenOf,
  withOrder,
} from './state.ts';

/** 采集列表 → 采集详情 → 开始采集. */
export const orderRules = {
  'session.openOrder': rule<'session.openOrder', 'orders'>(
    ['orders'],
    (state, _view, { orderId }): Change => {
      const order = state.orders.find((x) => x.orderId === orderId);
      if (!order) return { refused: { code: 'order.notFound' } };
      return begin(state, { kind: 'openOrder', input: { token: tokenOf(state), order } });
    },
  ),

  'session.beginOrder': rule<'session.beginOrder', 'orderDetail' | 'handedIn'>(
    ['orderDetail', 'handedIn'],
    (state, view): Change => {
      if (view.step === 'handedIn' && !mayShootAgain(view)) return wrongStep();
      return begin(state, {
        kind: 'begin',
        input: { token: tokenOf(state), order: view.order },
      });
    },
  ),

  'session.cancelOrder': rule<'session.cancelOrder', 'orderDetail' | 'service' | 'payment'>(
    ['orderDetail', 'service', 'payment'],
    (state, view): Change =>
      // Only the server can, and it does not know of it yet.
      view.order.offline
        ? wrongStep()
        : begin(state, {
            kind: 'cancelOrder',
            input: { token: tokenOf(state), orderId: view.order.orderId },
          }),
  ),
};

export function wrongStep(): Change {
  return { refused: { code: 'station.wrongStep' } };
}

/** After 审核未通过, or when staff took the submission back. */
export function mayShootAgain(view: At<'handedIn'>): boolean {
  const { state } = journeyOfOrder(view.order);
  return state === 'rejected' || state === 'pendingCapture';
}

/** Steps that show a person and an order, which is all of them from 采集详情 on. */
export type OrderStep = Extract<SessionState['view'], { order: OrderView }>;

export function orderOpened(state: SessionState, order: OrderView): SessionState {
  const { student } = state.view as At<'orders'>;
  return show(withOrder(state, order), { step: 'orderDetail', student, order });
}

export function placeFound(state: SessionState, place: Place): SessionState {
  const { student } = state.view as OrderStep;
  const { to, ...rest } = place;
  return show(withOrder(state, place.order), { step: to, student, ...rest } as OrderStep);
}
