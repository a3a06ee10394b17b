import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { Journey, OrderState } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { journeyOfOrder, type OrderView } from '../../shared/index.ts';
import styles from './order-rail.module.css';
import { useSentence } from './use-language.ts';

/** What is done in an order that goes well, and the state in which it is the next thing. */
const COURSE = [
  { act: 'pay', state: 'pendingPayment' },
  { act: 'shoot', state: 'pendingCapture' },
  { act: 'standardize', state: 'pendingStandardization' },
  { act: 'submit', state: 'pendingSubmission' },
  { act: 'identity', state: 'verifyingIdentity' },
  { act: 'review', state: 'underReview' },
  { act: 'collect', state: 'collected' },
  { act: 'publish', state: 'publishing' },
] as const;

/** How many acts of the course lie behind an order; −1 where it has left the course. */
function reachedBy(state: OrderState): number {
  if (state === 'published') return COURSE.length;
  // Collected is itself the act: what comes next is publishing.
  if (state === 'collected') return COURSE.length - 1;
  return COURSE.findIndex((stop) => stop.state === (state === 'rejected' ? 'underReview' : state));
}

type Mark = 'done' | 'now' | 'failed' | 'ahead';

function markOf({ state, stuck }: Journey, index: number): Mark {
  const reached = reachedBy(state);
  if (index < reached) return 'done';
  if (index > reached) return 'ahead';
  return state === 'rejected' || stuck ? 'failed' : 'now';
}

/** How far the order has come, act by act. */
export function OrderRail({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const journey = journeyOfOrder(order);
  return (
    <ol className={styles.rail} data-testid="order-rail">
      {COURSE.map(({ act }, index) => {
        const mark = markOf(journey, index);
        return (
          <li
            aria-current={mark === 'now' || mark === 'failed' ? 'step' : undefined}
            className={styles.step}
            data-mark={mark}
            key={act}
          >
            <span className={styles.dot}>
              {mark === 'done' && <CheckOutlined />}
              {mark === 'failed' && <CloseOutlined />}
            </span>
            {t(`orderDetail.acts.${act}`)}
            {(mark === 'now' || mark === 'failed') && (
              <span className={styles.state}>{sentence(journey.text)}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}
