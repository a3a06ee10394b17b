import { CheckCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSentence } from '../../ui/use-language.ts';
import styles from './camera-page.module.css';
import type { Position } from './use-guidance.ts';

/** The one thing to change now, large enough to be read from where the graduate stands. */
export function TopHint({ position }: { position: Position }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  if (position === undefined) return <p className={styles.hint}>{t('camera.looking')}</p>;
  if (position === 'unavailable') return <p className={styles.hint}>{t('camera.noHints')}</p>;
  const { hints, ready } = position;
  const first = hints[0];
  return (
    <p aria-live="polite" className={styles.hint} data-ready={ready} data-testid="camera-hint">
      {ready && !first ? (
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
