import { CloudSyncOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { OrderView } from '../../../shared/index.ts';
import { yuan } from '../../ui/amounts.ts';
import styles from './offline-promise.module.css';

/** Whether anything is to be paid for what was begun without the network, and when. */
export function WhoPays({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  if (!order.offline) return null;
  const price = yuan(order.priceFen);
  return <p className={styles.detail}>{t(`offline.payer.${order.offline.payer}`, { price })}</p>;
}

/** What a graduate who was taken without the network may count on, and what is still to be decided. */
export function OfflinePromise({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  if (!order.offline) return null;
  return (
    <section className={styles.promise} data-testid="offline-promise">
      <CloudSyncOutlined className={styles.icon ?? ''} />
      <div>
        <p className={styles.title}>{t('offline.promise')}</p>
        <WhoPays order={order} />
      </div>
    </section>
  );
}
