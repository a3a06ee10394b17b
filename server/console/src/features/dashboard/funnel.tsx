import { ORDER_STATE_TEXT, ORDER_STATES, type OrderPhase, phaseOf } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import { type Bar, Bars } from './bars.tsx';
import type { Dashboard } from './use-dashboard.ts';

const TONES: Readonly<Record<OrderPhase, NonNullable<Bar['tone']>>> = {
  payment: 'plain',
  photo: 'plain',
  review: 'busy',
  rejected: 'bad',
  approved: 'good',
  refunding: 'plain',
  ended: 'plain',
};

/** Every state in the order of the flow, also those that nobody is in. */
export function Funnel({ funnel }: Pick<Dashboard, 'funnel'>) {
  const { pick } = useLanguage();
  const counts = new Map(funnel.map(({ state, count }) => [state, count]));
  return (
    <Bars
      bars={ORDER_STATES.map((state) => ({
        key: state,
        label: pick(ORDER_STATE_TEXT[state]),
        count: counts.get(state) ?? 0,
        tone: TONES[phaseOf(state)],
      }))}
    />
  );
}
