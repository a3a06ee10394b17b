import { InboxOutlined } from '@ant-design/icons';
import { isFinal } from '@gradshot/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { journeyOfOrder, type OrderView } from '../../../shared/index.ts';
import { type SessionAt, send } from '../../state/station-store.ts';
import { moment } from '../../ui/amounts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Price } from '../../ui/price.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { useLanguage, useSentence } from '../../ui/use-language.ts';
import styles from './orders-page.module.css';

/** 采集列表: choose one, 进入采集. */
export function OrdersPage({ session }: { session: SessionAt<'orders'> }) {
  const { t } = useTranslation();
  const { orders, student } = session;
  const [chosen, setChosen] = useState(() => firstOpen(orders)?.orderId);
  const order = orders.find(({ orderId }) => orderId === chosen);
  const open = (orderId: string) => void send('session.openOrder', { orderId });
  return (
    <Page
      aside={<p className={styles.student}>{`${student.maskedName}　${student.school}`}</p>}
      lead={orders.length > 0 ? t('orders.lead') : undefined}
      primary={
        orders.length > 0
          ? {
              id: 'open-order',
              label: t('orders.open'),
              onPress: () => order && open(order.orderId),
              disabled: !order,
            }
          : undefined
      }
      step="orders"
      title={t('orders.title')}
    >
      {orders.length === 0 ? (
        <EmptyState
          detail={t('orders.emptyDetail')}
          icon={<InboxOutlined />}
          title={t('orders.empty')}
        />
      ) : (
        <div className={styles.list} role="radiogroup">
          {orders.map((entry) => (
            <OrderCard
              chosen={entry.orderId === chosen}
              key={entry.orderId}
              onChoose={() => setChosen(entry.orderId)}
              order={entry}
            />
          ))}
        </div>
      )}
    </Page>
  );
}

/** The order that most likely is wanted: the first whose story is not over. */
function firstOpen(orders: readonly OrderView[]): OrderView | undefined {
  return orders.find(({ state }) => !isFinal(state)) ?? orders[0];
}

type CardProps = { order: OrderView; chosen: boolean; onChoose: () => void };

function OrderCard({ order, chosen, onChoose }: CardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentence = useSentence();
  const { text } = journeyOfOrder(order);
  return (
    <label className={styles.order} data-chosen={chosen} data-testid={`order-${order.orderId}`}>
      <input
        checked={chosen}
        className={styles.input}
        name="order"
        onChange={onChoose}
        type="radio"
      />
      <span aria-hidden="true" className={styles.radio} />
      <span className={styles.words}>
        <span className={styles.batch}>
          {order.batchName}
          <StateTag order={order} />
        </span>
        <span className={styles.next}>{sentence({ zh: text.nextZh, en: text.nextEn })}</span>
        <span className={styles.facts}>
          {`${t('orders.orderNo')} ${order.orderNo}　${t('orders.updated', { time: moment(order.updatedAt, language) })}`}
        </span>
      </span>
      <Price fen={order.priceFen} />
    </label>
  );
}
