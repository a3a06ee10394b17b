import { DisconnectOutlined, IdcardOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import styles from './identify-page.module.css';

/** Without the network the code is kept for later: staff look at a card and find the graduate in the roster. */
export function IdentifyPage({ onStaff }: { onStaff: () => void }) {
  const { t } = useTranslation();
  return (
    <Page
      back
      lead={t('identify.lead')}
      note={t('identify.note')}
      primary={{ id: 'call-staff', label: t('identify.staff'), onPress: onStaff }}
      step="identify"
      title={t('identify.title')}
    >
      <div className={styles.steps}>
        <section className={styles.step} data-now="true">
          <IdcardOutlined className={styles.icon ?? ''} />
          <h2>{t('identify.card')}</h2>
          <p>{t('identify.cardDetail')}</p>
        </section>
        <section className={styles.step}>
          <DisconnectOutlined className={styles.icon ?? ''} />
          <h2>{t('identify.later')}</h2>
          <p>{t('identify.laterDetail')}</p>
        </section>
      </div>
    </Page>
  );
}
