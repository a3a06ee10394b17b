import type { SessionView } from '../../../shared/index.ts';
import { handoverOf } from './handover-steps.ts';
import type { SessionState } from './state.ts';

/**
 * The station's clock was set: what is on screen holds as long as before, so its end, which is told
 * by that clock, moves with it.
 */
export function clockSet(state: SessionState, byMs: number): SessionState {
  const view = withEnds(state.view, (end) => new Date(Date.parse(end) + byMs).toISOString());
  return view === state.view ? state : { ...state, view };
}

function withEnds(view: SessionView, move: (end: string) => string): SessionView {
  if (view.step === 'verify') return { ...view, expiresAt: move(view.expiresAt) };
  if (view.step === 'payment') {
    const { payment } = view;
    return { ...view, payment: { ...payment, expiresAt: move(payment.expiresAt) } };
  }
  const handover = handoverOf(view);
  if (!handover || !('handover' in view)) return view;
  return { ...view, handover: { ...handover, expiresAt: move(handover.expiresAt) } };
}
