import {
  CloudSyncOutlined,
  DisconnectOutlined,
  WarningOutlined,
  WifiOutlined,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSnapshot } from '../../state/station-store.ts';
import styles from './top-bar.module.css';

/**
 * For staff: is the server there, and does work wait for it. Quiet while all is well; what needs
 * them, or waits, takes the place of what is as it should be.
 */
export function ConnectionChip() {
  const { t } = useTranslation();
  const { online, outbox, parked } = useSnapshot().connection;
  const level = parked > 0 ? 'bad' : online ? 'good' : 'warn';
  return (
    <p className={styles.connection} data-level={level} data-testid="connection" role="status">
      {parked > 0 ? <WarningOutlined /> : online ? <WifiOutlined /> : <DisconnectOutlined />}
      {!online && <span>{t('connection.offline')}</span>}
      {online && parked + outbox === 0 && <span>{t('connection.online')}</span>}
      {outbox > 0 && parked === 0 && (
        <span data-testid="connection-outbox">
          <CloudSyncOutlined /> {t('connection.waiting', { count: outbox })}
        </span>
      )}
      {parked > 0 && <span>{t('connection.parked', { count: parked })}</span>}
    </p>
  );
}
