import { ExclamationCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { recoverySentence } from '../../../shared/index.ts';
import { send, useSnapshot } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './recovery-notice.module.css';

/** What was found damaged at a start and put right; stays until staff, behind their PIN, say that they have seen it. */
export function RecoveryNotice() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { recovery, station } = useSnapshot();
  if (!recovery) return null;
  return (
    <section className={styles.notice} data-testid="recovery">
      <ExclamationCircleFilled className={styles.icon ?? ''} />
      <div className={styles.text}>
        <p>{recoverySentence(recovery, language)}</p>
        <small>{moment(recovery.at, language)}</small>
      </div>
      {station.staffUnlocked && (
        <Button
          data-testid="acknowledge-recovery"
          onClick={() => void send('staff.acknowledgeRecovery', {})}
          size="large"
        >
          {t('staff.recoverySeen')}
        </Button>
      )}
    </section>
  );
}
