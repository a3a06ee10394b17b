import type { OrderSummary } from '@gradshot/contract';
import { View } from '@tarojs/components';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { dateTimeOf } from '../../ui/amounts.ts';
import { Card, Facts } from '../../ui/cards.tsx';
import { Action } from '../../ui/controls';
import { go } from '../../ui/navigation.ts';
import { Empty, FailureNote, Waiting } from '../../ui/notes.tsx';
import { StateTag } from '../../ui/order-parts.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useText, useWhileShown } from '../../ui/use-client.ts';

const REFRESH_MS = 30_000;

/** 采集列表: 【进入采集】. */
export default function Orders() {
  const text = useText();
  const { list, failure, loadList } = useStore(client.orders);
  useWhileShown(() => void loadList(), REFRESH_MS);
  const retry = () => void loadList();
  return (
    <Page name="orders" title={text.orders.title}>
      {list ? <FailureNote failure={failure} onRetry={retry} /> : null}
      {list ? null : <Waiting failure={failure} onRetry={retry} />}
      {list?.map((order, i) => (
        <OrderCard key={order.orderId} order={order} index={i} />
      ))}
      {list?.length === 0 ? (
        <Empty
          icon="list"
          title={text.orders.empty}
          note={text.orders.emptyNote}
          action={{
            id: 'orders-qualification',
            label: text.home.qualification,
            onPress: () => go('qualification'),
          }}
        />
      ) : null}
    </Page>
  );
}

function OrderCard({ order, index }: { order: OrderSummary; index: number }) {
  const { orders, student } = useText();
  const language = useLanguage();
  return (
    <Card>
      <View className="order-head">
        <View className="order-head__name">{order.batchName}</View>
        <StateTag state={order.state} />
      </View>
      <Facts
        facts={[
          [student.school, order.school],
          [orders.orderNo, order.orderNo],
          [orders.updated, dateTimeOf(order.updatedAt, language)],
        ]}
      />
      <Action id={`orders-enter-${index}`} onPress={() => go('order', { orderId: order.orderId })}>
        {orders.enter}
      </Action>
    </Card>
  );
}
