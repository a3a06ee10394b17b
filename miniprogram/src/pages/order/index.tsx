import type { OrderDetail } from '@gradshot/contract';
import { isIn, ORDER_STATE_TEXT } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { dateOf, yuanOf } from '../../ui/amounts.ts';
import { placeText } from '../../ui/arrival-place.ts';
import { Card, Facts, LinkRow, Sheet } from '../../ui/cards.tsx';
import { Action, Tappable } from '../../ui/controls';
import { go } from '../../ui/navigation.ts';
import { FailureNote, Waiting } from '../../ui/notes.tsx';
import { History, StateTag, StudentFacts } from '../../ui/order-parts.tsx';
import { nextPageOf, nextWordOf } from '../../ui/order-route.ts';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useSentence, useText } from '../../ui/use-client.ts';
import { useOrder } from '../../ui/use-order.ts';

/** 采集详情: 【开始采集】. */
export default function Order() {
  const text = useText();
  const { order, orderId, failure, refusal, reload } = useOrder();
  return (
    <Page
      name="order"
      title={text.order.title}
      footer={
        order ? (
          <>
            <FailureNote failure={refusal} />
            <Action id="order-begin" onPress={() => go(nextPageOf(order), { orderId })}>
              {nextWordOf(order, text)}
            </Action>
          </>
        ) : null
      }
    >
      {order ? (
        <>
          <FailureNote failure={failure} onRetry={reload} />
          <Detail order={order} />
        </>
      ) : (
        <Waiting failure={failure} onRetry={reload} />
      )}
    </Page>
  );
}

function Detail({ order }: { order: OrderDetail }) {
  const text = useText();
  const language = useLanguage();
  const sentence = useSentence();
  const { nextZh, nextEn } = ORDER_STATE_TEXT[order.state];
  const paid = !isIn(order.state, 'payment', 'ended');
  // Whatever the graduate has to do may be done at another device.
  const movable = isIn(order.state, 'payment', 'photo', 'rejected');
  return (
    <>
      <View className="card">
        <View className="order-head">
          <View className="order-head__name">{order.batchName}</View>
          <StateTag state={order.state} />
        </View>
        <View className="lead" id="order-next">
          {order.photoErasedAt
            ? text.review.erasedNote(dateOf(order.photoErasedAt, language))
            : order.refusedPhotoId
              ? text.order.refused
              : sentence({ zh: nextZh, en: nextEn })}
        </View>
      </View>
      {order.arrival ? (
        <Card>
          <LinkRow
            id="order-arrival"
            icon="station"
            title={order.arrival.number ?? text.arrival.title}
            note={placeText(order.arrival, text.arrival)}
            onPress={() => go('arrival', { orderId: order.orderId })}
          />
        </Card>
      ) : null}
      <Card title={text.order.student}>
        <StudentFacts student={order.student} />
        <Tappable id="order-wrong" className="link" onPress={() => go('support')}>
          {text.order.wrong}
        </Tappable>
      </Card>
      <Card title={text.order.info}>
        <Facts
          facts={[
            [text.orders.orderNo, order.orderNo],
            [
              text.order.fee,
              `${text.common.yuan(yuanOf(order.priceFen))}${paid ? ` · ${text.order.paid}` : ''}`,
            ],
          ]}
        />
      </Card>
      <Card title={text.order.history}>
        <History history={order.history} />
      </Card>
      {movable ? (
        <Action
          id="order-handover"
          kind="quiet"
          onPress={() => go('handover', { orderId: order.orderId })}
        >
          {text.order.handover}
        </Action>
      ) : null}
      {isIn(order.state, 'payment') ? <CancelOrder orderId={order.orderId} /> : null}
    </>
  );
}

function CancelOrder({ orderId }: { orderId: string }) {
  const text = useText();
  const { busy, cancel } = useStore(client.orders);
  const [asked, setAsked] = useState(false);
  const confirm = async () => {
    await cancel(orderId);
    setAsked(false);
  };
  return (
    <>
      <Action id="order-cancel" kind="quiet" onPress={() => setAsked(true)}>
        {text.order.cancel}
      </Action>
      {asked ? (
        <Sheet title={text.order.cancel} note={text.order.cancelAsk}>
          <Action id="order-cancel-yes" kind="danger" busy={busy} onPress={() => void confirm()}>
            {text.order.cancelYes}
          </Action>
          <Action id="order-cancel-no" kind="quiet" onPress={() => setAsked(false)}>
            {text.common.back}
          </Action>
        </Sheet>
      ) : null}
    </>
  );
}
