import { isIn, type OrderState } from '@gradshot/domain';
import { journeyOfOrder, type OrderView } from '../../../shared/index.ts';

/** What the primary button of 采集详情 promises; none where the order's story is over. */
export type BeginLabel = 'begin' | 'resume' | 'retake' | 'progress';

export function beginLabel(order: OrderView): BeginLabel | undefined {
  const { step, state } = journeyOfOrder(order);
  return step === 'handedIn' ? 'progress' : labelAt(state);
}

function labelAt(state: OrderState): BeginLabel | undefined {
  if (isIn(state, 'payment') || state === 'pendingCapture') return 'begin';
  if (isIn(state, 'photo')) return 'resume';
  if (isIn(state, 'rejected')) return 'retake';
  return isIn(state, 'review', 'approved') ? 'progress' : undefined;
}
