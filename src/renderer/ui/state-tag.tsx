import { ORDER_STATE_TEXT, type OrderState } from '@gradshot/domain';
import styles from './state-tag.module.css';
import { useSentence } from './use-language.ts';

type Tone = 'todo' | 'wait' | 'good' | 'bad' | 'off';

const TONE: Readonly<Record<OrderState, Tone>> = {
  pendingPayment: 'todo',
  pendingCapture: 'todo',
  pendingStandardization: 'todo',
  pendingSubmission: 'todo',
  verifyingIdentity: 'wait',
  underReview: 'wait',
  rejected: 'bad',
  collected: 'good',
  publishing: 'wait',
  published: 'good',
  cancelled: 'off',
  refunding: 'wait',
  refunded: 'off',
};

/** The order's state in the words of the domain, coloured by who is to act. */
export function StateTag({ state }: { state: OrderState }) {
  const sentence = useSentence();
  return (
    <span className={styles.tag} data-state={state} data-tone={TONE[state]}>
      {sentence(ORDER_STATE_TEXT[state])}
    </span>
  );
}
