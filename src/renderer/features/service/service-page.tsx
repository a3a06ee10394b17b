import { CheckCircleFilled } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { OrderView, ServiceView } from '../../../shared/index.ts';
import { type SessionAt, send } from '../../state/station-store.ts';
import card from '../../ui/card.module.css';
import { Page } from '../../ui/page.tsx';
import { Price } from '../../ui/price.tsx';
import { useSentence } from '../../ui/use-language.ts';
import { WhoPays } from '../offline/offline-promise.tsx';
import { Consents, useTicks } from './consents.tsx';
import styles from './service-page.module.css';

/** 服务内容: what the fee covers, and the two consents, each ticked by itself. */
export function ServicePage({ session }: { session: SessionAt<'service'> }) {
  const { t } = useTranslation();
  const { service, order } = session;
  const { ticked, toggle, complete } = useTicks(service.consents);
  return (
    <Page
      back
      lead={order.offline ? t('offline.promise') : t('service.lead')}
      note={complete ? (order.offline ? undefined : t('service.ready')) : t('service.needConsents')}
      primary={{
        id: 'pay',
        label: order.offline ? t('offline.agree') : t('service.pay'),
        onPress: () => void send('session.pay', { consents: [...ticked] }),
        disabled: !complete,
      }}
      step="service"
      title={t('service.title')}
    >
      <div className={styles.columns}>
        <Offer order={order} service={service} />
        <Consents consents={service.consents} onToggle={toggle} ticked={ticked} />
      </div>
    </Page>
  );
}

function Offer({ service, order }: { service: ServiceView; order: OrderView }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <section className={`${card.card} ${styles.offer}`}>
      <h2 className={card.heading}>{t('service.includes')}</h2>
      <ul className={styles.items}>
        {service.items.map((item) => (
          <li key={item.zh}>
            <CheckCircleFilled className={styles.tick ?? ''} />
            {sentence(item)}
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t('service.price')}</span>
        <Price fen={service.priceFen} large={!order.offline} />
      </p>
      <WhoPays order={order} />
    </section>
  );
}
