import { SafetyCertificateOutlined } from '@ant-design/icons';
import type { ReviewItem } from '@gradshot/contract';
import { MACHINE_CHECKS, RELEASE_CAUSES } from '@gradshot/domain';
import { useLanguage } from '../../i18n/language.tsx';
import { shortTime } from '../../i18n/times.ts';
import styles from './release-panel.module.css';

/** The machine refused this photo and staff took it: before everything else, and why. */
export function ReleasePanel({ onSite }: Pick<ReviewItem, 'onSite'>) {
  const { t, pick } = useLanguage();
  const release = onSite?.release;
  if (!release) return null;
  const checks = release.checks.map((code) => pick(MACHINE_CHECKS[code])).join(t.review.listing);
  return (
    <section className={styles.release} data-testid="release">
      <h2>
        <SafetyCertificateOutlined /> {t.review.releasedFor(pick(RELEASE_CAUSES[release.cause]))}
      </h2>
      {release.text ? <p className={styles.text}>{release.text}</p> : null}
      <p className={styles.lead}>
        {t.review.refusedBy(checks)} · {t.review.releasedAt(shortTime(release.at))}
      </p>
    </section>
  );
}
