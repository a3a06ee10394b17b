import { useTranslation } from 'react-i18next';
import { useSnapshot } from '../../state/station-store.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import styles from './arrival-card.module.css';

/** 手机到场: the station's own code, for those who have their order on the phone. */
export function ArrivalCard({ wide = false }: { wide?: boolean }) {
  const { t } = useTranslation();
  const qrText = useSnapshot().arrivals?.qrText;
  return (
    <section className={styles.card} data-testid="arrival-card" data-wide={wide}>
      {qrText !== undefined && (
        <div className={styles.code}>
          <QrCode label={t('arrival.qrAlt')} text={qrText} />
        </div>
      )}
      <div className={styles.words}>
        <h2 className={styles.title}>{t('arrival.title')}</h2>
        {qrText === undefined ? (
          <p className={styles.away} data-testid="arrival-away" role="status">
            {t('arrival.away')}
          </p>
        ) : (
          <>
            <p className={styles.detail}>{t('arrival.detail')}</p>
            <p className={styles.note}>{t('arrival.changes')}</p>
          </>
        )}
      </div>
    </section>
  );
}
