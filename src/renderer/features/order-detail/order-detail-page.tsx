import { eventsFor, isIn, locksOf } from '@gradshot/domain';
import { useTranslation } from 'react-i18next';
import { journeyOfOrder, type OrderView } from '../../../shared/index.ts';
import { type SessionAt, send } from '../../state/station-store.ts';
import { day, moment } from '../../ui/amounts.ts';
import card from '../../ui/card.module.css';
import { Facts } from '../../ui/facts.tsx';
import { OrderRail } from '../../ui/order-rail.tsx';
import { Page, type PageAction } from '../../ui/page.tsx';
import { Price } from '../../ui/price.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useLanguage, useSentence } from '../../ui/use-language.ts';
import { Handover } from '../handover/handover.tsx';
import { OfflinePromise } from '../offline/offline-promise.tsx';
import { VisitPrints } from '../printing/visit-prints.tsx';
import { beginLabel } from './begin-action.ts';
import { useCancelOrder } from './cancel-order.tsx';
import styles from './order-detail-page.module.css';

/** 采集详情: where the order stands, why it was rejected, 开始采集. */
export function OrderDetailPage({ session }: { session: SessionAt<'orderDetail'> }) {
  const { t } = useTranslation();
  const { order } = session;
  const cancel = useCancelOrder();
  const mayCancel = !order.offline && eventsFor(order.state, 'graduate').includes('cancel');
  return (
    <Page
      aside={order.offline ? undefined : <Handover session={session} />}
      back
      note={locksOf(order.state).photo === 'open' ? t('orderDetail.locked') : undefined}
      primary={useBegin(order)}
      secondary={mayCancel ? cancel.action : undefined}
      step="orderDetail"
      title={t('orderDetail.title')}
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <Standing order={order} />
          <OfflinePromise order={order} />
          {order.reasons.length > 0 && <Reasons order={order} />}
          <OrderFacts order={order} />
          <VisitPrints />
        </div>
        <section className={`${card.card} ${styles.rail}`}>
          <h2 className={card.heading}>{t('orderDetail.status')}</h2>
          <OrderRail order={order} />
        </section>
      </div>
      {cancel.dialog}
    </Page>
  );
}

function useBegin(order: OrderView): PageAction | undefined {
  const { t } = useTranslation();
  const label = beginLabel(order);
  if (!label) return undefined;
  return {
    id: 'begin-order',
    label: t(`orderDetail.${label}`),
    onPress: () => void send('session.beginOrder', {}),
  };
}

function Standing({ order }: { order: OrderView }) {
  const sentence = useSentence();
  const { text } = journeyOfOrder(order);
  // Whether anything is to be paid, and when, is said below.
  if (order.offline && order.state === 'pendingPayment') return null;
  return (
    <section className={styles.standing} data-testid="order-state">
      <StateTag order={order} />
      <p className={styles.next}>{sentence({ zh: text.nextZh, en: text.nextEn })}</p>
    </section>
  );
}

function Reasons({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const sentence = useSentence();
  return (
    <section className={styles.reasons} data-testid="reasons">
      <h2 className={card.heading}>{t('orderDetail.reasons')}</h2>
      <ul>
        {order.reasons.map((reason) => (
          <li key={reason.code}>{sentence(reason)}</li>
        ))}
      </ul>
    </section>
  );
}

function OrderFacts({ order }: { order: OrderView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const paid = !order.offline && isIn(order.state, 'photo', 'review', 'rejected', 'approved');
  return (
    <section className={card.card}>
      <h2 className={card.heading}>{t('orderDetail.info')}</h2>
      <Facts
        columns={2}
        facts={[
          { label: t('orderDetail.batch'), value: order.batchName },
          { label: t('orderDetail.school'), value: order.school },
          {
            label: t(order.offline ? 'offline.number' : 'orderDetail.orderNo'),
            value: order.orderNo,
          },
          {
            label: t('orderDetail.price'),
            value: (
              <span className={styles.price}>
                <Price fen={order.priceFen} />
                {paid && <span className={card.quiet}>{t('orderDetail.paid')}</span>}
              </span>
            ),
          },
          { label: t('orderDetail.updated'), value: moment(order.updatedAt, language) },
          {
            label: t('orderDetail.promised'),
            value: order.promisedAt && day(order.promisedAt, language),
          },
        ]}
      />
    </section>
  );
}
