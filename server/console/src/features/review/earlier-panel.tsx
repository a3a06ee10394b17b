import type { ReviewItem } from '@gradshot/contract';
import { findRejectionReason } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import { shortTime } from '../../i18n/times.ts';
import { shortReason } from './reason-keys.ts';
import styles from './side-panel.module.css';

/** Why this graduate's photos were refused before: what to look for first. */
export function EarlierPanel({ earlier }: { earlier: ReviewItem['earlier'] }) {
  const { t, pick } = useLanguage();
  if (earlier.length === 0) return null;
  const name = (code: string) => {
    const reason = findRejectionReason(code);
    return reason ? pick(shortReason(reason)) : code;
  };
  return (
    <section className={styles.section}>
      <header>
        <h2>{t.review.earlier}</h2>
      </header>
      <ul>
        {earlier.map(({ at, codes, note }) => (
          <li key={at}>
            <span className={`${styles.value} num`}>{shortTime(at)}</span>{' '}
            <span className={styles.bad}>{codes.map(name).join('、')}</span>
            {note ? <small className={styles.lead}> {note}</small> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
