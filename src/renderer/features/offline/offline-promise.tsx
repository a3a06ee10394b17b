import { CloudSyncOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../shared/index.ts';
import { yuan } from '../../ui/amounts.ts';
import styles from './offline-promise.module.css';

/** What a graduate who was taken without the network may count on, and what is still to be decided. */
export function OfflinePromise({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  if (!order.offline) return null;
  const price = yuan(order.priceFen);
  return (
    <section className={styles.promise} data-testid="offline-promise">
      <CloudSyncOutlined className={styles.icon ?? ''} />
      <div>
        <p className={styles.title}>{t('offline.promise')}</p>
        <p className={styles.detail}>{t(`offline.payer.${order.offline.payer}`, { price })}</p>
      </div>
    </section>
  );
}
