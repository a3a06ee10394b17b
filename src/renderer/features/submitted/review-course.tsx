import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { OrderState } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import styles from './review-course.module.css';

const STOPS = [
  'submitted.stepSubmitted',
  'submitted.stepIdentity',
  'submitted.stepReview',
  'submitted.stepCollected',
  'submitted.stepPublished',
] as const;

/** The stop at which an order stands; one that waits to be sent stands at the first. */
const REACHED: Readonly<Partial<Record<OrderState, number>>> = {
  verifyingIdentity: 1,
  underReview: 2,
  rejected: 2,
  collected: 4,
  publishing: 4,
  published: 5,
};

/** The way of a submitted photo, stop by stop. */
export function ReviewCourse({ state }: { state: OrderState }) {
  const { t } = useTranslation();
  const reached = REACHED[state] ?? 1;
  return (
    <ol className={styles.course}>
      {STOPS.map((stop, index) => {
        const rejected = state === 'rejected' && index === reached;
        const mark = index < reached ? 'done' : index > reached ? 'ahead' : 'now';
        return (
          <li
            aria-current={mark === 'now' ? 'step' : undefined}
            className={styles.stop}
            data-mark={rejected ? 'failed' : mark}
            key={stop}
          >
            <span className={styles.dot}>
              {rejected ? <CloseOutlined /> : mark === 'done' ? <CheckOutlined /> : index + 1}
            </span>
            {t(stop)}
          </li>
        );
      })}
    </ol>
  );
}
