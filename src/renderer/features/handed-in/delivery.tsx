import {
  CheckCircleFilled,
  ClockCircleFilled,
  DisconnectOutlined,
  SyncOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { DELIVERY_TEXT, type DeliveryState } from '@gradshot/domain';
import { useSentence } from '../../ui/use-language.ts';
import styles from './delivery.module.css';

const ICON = {
  offline: DisconnectOutlined,
  queued: ClockCircleFilled,
  sending: SyncOutlined,
  parked: WarningFilled,
  arrived: CheckCircleFilled,
} as const satisfies Readonly<Record<DeliveryState, unknown>>;

/** Where the photo is on its way to the server, without promising more than is known. */
export function Delivery({ delivery }: { delivery: DeliveryState }) {
  const sentence = useSentence();
  const Icon = ICON[delivery];
  const text = DELIVERY_TEXT[delivery];
  return (
    <section className={styles.delivery} data-state={delivery} data-testid="delivery" role="status">
      <Icon className={styles.icon ?? ''} spin={delivery === 'sending'} />
      <div>
        <p className={styles.title}>{sentence(text)}</p>
        <p className={styles.detail}>{sentence({ zh: text.nextZh, en: text.nextEn })}</p>
      </div>
    </section>
  );
}
