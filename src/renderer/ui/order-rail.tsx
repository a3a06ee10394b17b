import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { ORDER_STATE_TEXT, type OrderState } from '@gradshot/domain';
import styles from './order-rail.module.css';
import { useSentence } from './use-language.ts';

/** The states of an order that goes well, in order. */
const COURSE: readonly OrderState[] = [
  'pendingPayment',
  'pendingCapture',
  'pendingStandardization',
  'pendingSubmission',
  'verifyingIdentity',
  'underReview',
  'collected',
  'publishing',
  'published',
];

type Mark = 'done' | 'now' | 'failed' | 'ahead';

/** A rejected order stands where the review stood; one that left the course stands nowhere. */
function markOf(state: OrderState, index: number): Mark {
  const reached = COURSE.indexOf(state === 'rejected' ? 'underReview' : state);
  if (index < reached) return 'done';
  if (index > reached || reached < 0) return 'ahead';
  if (state === 'rejected') return 'failed';
  return ORDER_STATE_TEXT[state].final === true ? 'done' : 'now';
}

/** How far the order has come, state by state. */
export function OrderRail({ state }: { state: OrderState }) {
  const sentence = useSentence();
  return (
    <ol className={styles.rail} data-testid="order-rail">
      {COURSE.map((step, index) => {
        const mark = markOf(state, index);
        const shown = mark === 'failed' ? state : step;
        return (
          <li
            aria-current={mark === 'now' || mark === 'failed' ? 'step' : undefined}
            className={styles.step}
            data-mark={mark}
            key={step}
          >
            <span className={styles.dot}>
              {mark === 'done' && <CheckOutlined />}
              {mark === 'failed' && <CloseOutlined />}
            </span>
            {sentence(ORDER_STATE_TEXT[shown])}
          </li>
        );
      })}
    </ol>
  );
}
