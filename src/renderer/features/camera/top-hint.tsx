import { CheckCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { GuidanceView } from '../../../shared/index.ts';
import { useSentence } from '../../ui/use-language.ts';
import styles from './camera-page.module.css';

/** The one thing to change now, large enough to be read from where the graduate stands. */
export function TopHint({ guidance }: { guidance: GuidanceView | undefined }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (!guidance) return <p className={styles.hint}>{t('camera.looking')}</p>;
  const first = guidance.hints[0];
  return (
    <p
      aria-live="polite"
      className={styles.hint}
      data-ready={guidance.ready}
      data-testid="camera-hint"
    >
      {guidance.ready && !first ? (
        <>
          <CheckCircleFilled /> {t('camera.ready')}
        </>
      ) : first ? (
        sentence(first)
      ) : (
        t('camera.noHints')
      )}
    </p>
  );
}
