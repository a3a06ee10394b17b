import type { OrderPhase } from '@gradshot/domain';
import { journeyOfOrder, type OrderView } from '../../shared/index.ts';
import styles from './state-tag.module.css';
import { useSentence } from './use-language.ts';

type Tone = 'todo' | 'wait' | 'good' | 'bad' | 'off';

const TONE: Readonly<Record<OrderPhase, Tone>> = {
  payment: 'todo',
  photo: 'todo',
  review: 'wait',
  rejected: 'bad',
  approved: 'good',
  refunding: 'wait',
  ended: 'off',
};

/** Where the order stands, in the words of the domain, coloured by who is to act. */
export function StateTag({ order }: { order: OrderView }) {
  const sentence = useSentence();
  const { phase, state, step, text, stuck } = journeyOfOrder(order);
  return (
    <span
      className={styles.tag}
      data-state={step === 'handedIn' ? step : state}
      data-tone={stuck ? 'bad' : TONE[phase]}
    >
      {sentence(text)}
    </span>
  );
}
