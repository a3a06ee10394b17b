import type { OrderSummary } from '@gradshot/contract';
import { isFinal, ORDER_STATE_TEXT } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card, LinkRow } from '../../ui/cards.tsx';
import { Action, Tappable } from '../../ui/controls';
import { Icon } from '../../ui/icon.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { go } from '../../ui/navigation.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { StateTag } from '../../ui/order-parts.tsx';
import { Page } from '../../ui/page.tsx';
import { startScan } from '../../ui/scanning.ts';
import { useSentence, useText, useWhileShown } from '../../ui/use-client.ts';

const REFRESH_MS = 60_000;

/** 首页: 【获取采集资格】, and everything else that one may want. */
export default function Home() {
  const text = useText();
  const orders = useStore(client.orders);
  const unread = useStore(client.notices, (x) => x.unread);
  useWhileShown(() => {
    client.live.start();
    void orders.loadList();
    void client.notices.getState().load();
    void client.chat.getState().load();
  }, REFRESH_MS);
  const current = orders.list?.find(({ state }) => !isFinal(state));
  return (
    <Page name="home" title={text.home.title} back={false}>
      <View className="hero">
        <LanguageSwitch id="home-language" />
        <View className="hero__title">{text.home.greeting}</View>
        <View className="hero__lead">{text.home.lead}</View>
        <Action id="home-qualification" kind="secondary" onPress={() => go('qualification')}>
          {text.home.qualification}
        </Action>
      </View>
      <FailureNote failure={orders.failure} onRetry={() => void orders.loadList()} />
      {current ? <CurrentOrder order={current} /> : null}
      <Card>
        <LinkRow
          id="home-orders"
          icon="list"
          title={text.home.orders}
          note={text.home.ordersNote}
          onPress={() => go('orders')}
        />
        <LinkRow
          id="home-arrive"
          icon="station"
          title={text.home.arrive}
          note={text.home.arriveNote}
          onPress={() => void startScan()}
        />
        <LinkRow
          id="home-notices"
          icon="bell"
          title={text.home.notices}
          badge={unread > 0 ? text.home.unread(unread) : undefined}
          onPress={() => go('notices')}
        />
        <LinkRow
          id="home-requirements"
          icon="camera"
          title={text.home.requirements}
          onPress={() => go('requirements')}
        />
        <LinkRow
          id="home-account"
          icon="user"
          title={text.home.account}
          onPress={() => go('account')}
        />
      </Card>
      <Card title={text.home.steps}>
        <View className="flow">
          {text.home.stepList.map((step, i) => (
            <View key={step} className="flow__step">
              <View className="flow__number">{i + 1}</View>
              <View>{step}</View>
            </View>
          ))}
        </View>
      </Card>
    </Page>
  );
}

function CurrentOrder({ order }: { order: OrderSummary }) {
  const text = useText();
  const sentence = useSentence();
  const { nextZh, nextEn } = ORDER_STATE_TEXT[order.state];
  return (
    <Tappable
      id="home-current"
      className="card current"
      onPress={() => go('order', { orderId: order.orderId })}
    >
      <View className="current__head">
        <View className="card__title">{text.home.current}</View>
        <StateTag state={order.state} />
      </View>
      <View className="current__batch">{order.batchName}</View>
      <View className="soft">{sentence({ zh: nextZh, en: nextEn })}</View>
      <View className="current__more">
        <View>{text.home.goOn}</View>
        <Icon name="chevron" />
      </View>
    </Tappable>
  );
}
