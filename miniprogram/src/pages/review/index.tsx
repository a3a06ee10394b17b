import type { OrderDetail } from '@gradshot/contract';
import { isIn, ORDER_STATE_TEXT, type OrderState, stepAt, stopsBehind } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { dateOf, dateTimeOf } from '../../ui/amounts.ts';
import { Card } from '../../ui/cards.tsx';
import { Action } from '../../ui/controls';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { go } from '../../ui/navigation.ts';
import { FailureNote, Note, Waiting } from '../../ui/notes.tsx';
import { History } from '../../ui/order-parts.tsx';
import { toneOf } from '../../ui/order-route.ts';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useSentence, useText } from '../../ui/use-client.ts';
import { useOrder } from '../../ui/use-order.ts';

/** 身份核验中 → 审核中 → 采集完成 or 审核未通过. */
export default function Review() {
  const text = useText();
  const { order, failure, refusal, reload } = useOrder();
  return (
    <Page
      name="review"
      title={text.review.title}
      footer={
        order ? (
          <>
            <FailureNote failure={refusal} />
            <ReviewFooter order={order} />
          </>
        ) : null
      }
    >
      {order ? (
        <>
          <FailureNote failure={failure} onRetry={reload} />
          <Progress order={order} />
        </>
      ) : (
        <Waiting failure={failure} onRetry={reload} />
      )}
    </Page>
  );
}

function Progress({ order }: { order: OrderDetail }) {
  const text = useText();
  const language = useLanguage();
  const sentence = useSentence();
  const { nextZh, nextEn } = ORDER_STATE_TEXT[order.state];
  const inReview = isIn(order.state, 'review');
  return (
    <>
      <View className={`outcome outcome--${toneOf(order.state)}`}>
        <View className="outcome__icon">
          <Icon name={iconOf(order.state)} size="large" />
        </View>
        <View id="review-state" className="outcome__state">
          {sentence(ORDER_STATE_TEXT[order.state])}
        </View>
        <View id="review-note" className="outcome__note">
          {order.photoErasedAt
            ? text.review.erasedNote(dateOf(order.photoErasedAt, language))
            : order.state === 'underReview'
              ? text.review.underReviewNote
              : sentence({ zh: nextZh, en: nextEn })}
        </View>
        {inReview && order.promisedAt ? (
          <View id="review-promise" className="outcome__promise">
            {text.review.promised(dateTimeOf(order.promisedAt, language))}
          </View>
        ) : null}
      </View>
      <Stepper order={order} />
      {order.state === 'rejected' ? <Reasons order={order} /> : null}
      {inReview ? (
        <Note tone="info" icon="headset">
          {text.review.change}
        </Note>
      ) : null}
      <Card title={text.review.history}>
        <History history={order.history} />
      </Card>
    </>
  );
}

function Stepper({ order }: { order: OrderDetail }) {
  const text = useText();
  const done = stopsBehind(stepAt(order.state));
  return (
    <View className="stepper">
      {text.review.steps.map((step, i) => (
        <View
          key={step}
          className={`stepper__step${i < done ? ' stepper__step--done' : ''}${
            i === done ? ' stepper__step--now' : ''
          }`}
        >
          <View className="stepper__dot">{i < done ? <Icon name="check" /> : i + 1}</View>
          <View className="stepper__word">{step}</View>
        </View>
      ))}
    </View>
  );
}

function Reasons({ order }: { order: OrderDetail }) {
  const text = useText();
  const sentence = useSentence();
  return (
    <Card title={text.review.reasons}>
      {order.reasons.map((reason) => (
        <View key={reason.code} className="check check--fail">
          <Icon name="cross" />
          <View className="check__words">{sentence(reason)}</View>
        </View>
      ))}
    </Card>
  );
}

function ReviewFooter({ order }: { order: OrderDetail }) {
  const text = useText();
  const { busy, retake } = useStore(client.orders);
  const { orderId, state } = order;
  const again = async () => {
    if (await retake(orderId)) go('requirements', { orderId });
  };
  if (state === 'rejected')
    return (
      <Action id="review-retake" busy={busy} onPress={() => void again()}>
        {text.review.retake}
      </Action>
    );
  if (isIn(state, 'approved') && !order.photoErasedAt)
    return (
      <Action id="review-download" onPress={() => go('download', { orderId })}>
        {text.review.download}
      </Action>
    );
  return (
    <Action id="review-contact" kind="secondary" onPress={() => go('support')}>
      {text.review.contact}
    </Action>
  );
}

function iconOf(state: OrderState): IconName {
  if (state === 'rejected') return 'cross';
  return isIn(state, 'approved') ? 'check' : 'clock';
}
