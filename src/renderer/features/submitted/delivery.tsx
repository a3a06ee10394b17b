import {
  CheckCircleFilled,
  ClockCircleFilled,
  SyncOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { DeliveryView } from '../../../shared/index.ts';
import styles from './delivery.module.css';

const ICON = {
  queued: ClockCircleFilled,
  sending: SyncOutlined,
  delivered: CheckCircleFilled,
  parked: WarningFilled,
} as const;

/** Where the photo is on its way to the server, without promising more than is known. */
export function Delivery({ delivery }: { delivery: DeliveryView }) {
  const { t } = useTranslation();
  const Icon = ICON[delivery];
  return (
    <section className={styles.delivery} data-state={delivery} data-testid="delivery" role="status">
      <Icon className={styles.icon ?? ''} spin={delivery === 'sending'} />
      <div>
        <p className={styles.title}>{t(`submitted.delivery.${delivery}`)}</p>
        <p className={styles.detail}>{t(`submitted.delivery.${delivery}Detail`)}</p>
      </div>
    </section>
  );
}
