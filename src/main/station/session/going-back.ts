import type { SessionView } from '../../../shared/index.ts';
import { atTheCode } from './code-steps.ts';
import { judgingStopped } from './photo-steps.ts';
import { type Change, cleared, rule, type SessionState, show } from './state.ts';

/** Every step has a way back, and one out. Nothing stored is lost on either. */
export const leavingRules = {
  'session.leave': rule<'session.leave', SessionView['step']>([], (state) => ({
    state: cleared(state),
  })),
  'session.back': rule<'session.back', SessionView['step']>([], goBack),
};

function goBack(state: SessionState, view: SessionView): Change {
  switch (view.step) {
    case 'welcome':
    case 'scanCode':
    case 'orders':
      return { state: cleared(state) };
    case 'verify':
      return { state: atTheCode(state) };
    case 'judging':
      return { state: judgingStopped(state) };
    case 'camera':
      return { state: show(state, { ...view, step: 'requirements' }) };
    default:
      return { state: upwards(state, view) };
  }
}

type Deeper = Exclude<
  SessionView,
  { step: 'welcome' | 'scanCode' | 'orders' | 'verify' | 'judging' | 'camera' }
>;

function upwards(state: SessionState, view: Deeper): SessionState {
  const { student, order } = view;
  if (view.step === 'reviewShot')
    return show({ ...state, picture: undefined }, { step: 'camera', student, order });
  if (view.step === 'orderDetail' || view.step === 'handedIn')
    return show(state, { step: 'orders', student, orders: state.orders });
  return show(state, { step: 'orderDetail', student, order });
}
