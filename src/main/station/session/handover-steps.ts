import type { HandoverView, SessionView } from '../../../shared/index.ts';
import { wrongStep } from './order-steps.ts';
import { type At, begin, type Change, rule, type SessionState, tokenOf } from './state.ts';

type Offering = At<'orderDetail' | 'handedIn'>;

/** 在手机上继续, from 采集详情 and from the last page. The code lives in the view and goes with it. */
export const handoverRules = {
  'session.handOver': rule<'session.handOver', Offering['step']>(
    ['orderDetail', 'handedIn'],
    (state, { order, handover }): Change => {
      if (order.offline) return wrongStep();
      // A second press finds the code that the first one brought.
      if (handover?.qrText !== undefined) return { state };
      return begin(state, {
        kind: 'handOver',
        input: { token: tokenOf(state), orderId: order.orderId },
      });
    },
  ),

  'session.closeHandover': rule<'session.closeHandover', Offering['step']>(
    ['orderDetail', 'handedIn'],
    (state, { handover: _closed, ...view }): Change => ({
      state: { ...state, view, failure: undefined },
    }),
  ),
};

export function handoverOpened(state: SessionState, handover: HandoverView): SessionState {
  return { ...state, view: { ...(state.view as Offering), handover } };
}

export function handoverOf(view: SessionView): HandoverView | undefined {
  return view.step === 'orderDetail' || view.step === 'handedIn' ? view.handover : undefined;
}

/** The code's time is over: it is no use to anybody and leaves the screen. */
export function handoverRanOut(state: SessionState, now: number): SessionState {
  const handover = handoverOf(state.view);
  if (handover?.qrText === undefined || now < Date.parse(handover.expiresAt)) return state;
  return handoverOpened(state, { expiresAt: handover.expiresAt });
}
