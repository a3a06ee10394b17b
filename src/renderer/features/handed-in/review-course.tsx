import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { type Journey, REVIEW_COURSE, stopsBehind } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../ui/use-language.ts';
import styles from './review-course.module.css';

const STOPS = [...REVIEW_COURSE, 'published'] as const;

/** The way of a photo that was handed in, stop by stop; one that waits to be sent is at the first. */
export function ReviewCourse({ journey }: { journey: Journey }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  const { state, step, stuck, text } = journey;
  const reached = state === 'published' ? STOPS.length : stopsBehind(step);
  const failed = state === 'rejected' || stuck;
  return (
    <ol className={styles.course} data-testid="review-course">
      {STOPS.map((stop, index) => {
        const mark = index < reached ? 'done' : index > reached ? 'ahead' : 'now';
        return (
          <li
            aria-current={mark === 'now' ? 'step' : undefined}
            className={styles.stop}
            data-mark={mark === 'now' && failed ? 'failed' : mark}
            key={stop}
          >
            <span className={styles.dot}>
              {mark === 'done' && <CheckOutlined />}
              {mark === 'now' && failed && <CloseOutlined />}
              {(mark === 'ahead' || (mark === 'now' && !failed)) && index + 1}
            </span>
            {mark === 'now' && stop === 'handedIn' ? sentence(text) : t(`handedIn.stops.${stop}`)}
          </li>
        );
      })}
    </ol>
  );
}
