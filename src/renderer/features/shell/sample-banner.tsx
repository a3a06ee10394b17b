import { useTranslation } from 'react-i18next';
import { useSnapshot } from '../../state/station-store.ts';
import styles from './sample-banner.module.css';

/** Sample mode must never be taken for real collection, so it is said on every page. */
export function SampleBanner() {
  const { t } = useTranslation();
  if (!useSnapshot().station.sample) return null;
  return (
    <p className={styles.banner} data-testid="sample-banner" role="status">
      <strong>{t('app.sample')}</strong>
      <span>{t('app.sampleDetail')}</span>
    </p>
  );
}
