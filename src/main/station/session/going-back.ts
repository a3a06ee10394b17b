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

/** Exhaustive: a new step without a way back does not compile. */
function goBack(state: SessionState, view: SessionView): Change {
  switch (view.step) {
    case 'welcome':
    case 'scanCode':
    case 'orders':
      return { state: cleared(state) };
    case 'identify':
    case 'verify':
      return { state: atTheCode(state) };
    case 'judging':
      return { state: judgingStopped(state) };
    case 'camera':
      return { state: show(state, { ...view, step: 'requirements' }) };
    case 'reviewShot':
      return {
        state: show({ ...state, picture: undefined }, { step: 'camera', ...whose(view) }),
      };
    case 'orderDetail':
    case 'handedIn':
      return {
        state: show(state, { step: 'orders', student: view.student, orders: state.orders }),
      };
    case 'service':
    case 'payment':
    case 'requirements':
    case 'kept':
    case 'judged':
      return { state: show(state, { step: 'orderDetail', ...whose(view) }) };
  }
}

type Whose = Pick<Extract<SessionView, { step: 'orderDetail' }>, 'student' | 'order'>;

function whose({ student, order }: Whose): Whose {
  return { student, order };
}
