import type { OrderDetail } from '@gradshot/contract';
import { isIn, ORDER_STATE_TEXT } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import type { Service } from '../../state/payment-store.ts';
import { yuanOf } from '../../ui/amounts.ts';
import { Card, Tick } from '../../ui/cards.tsx';
import { Action, Tappable } from '../../ui/controls';
import { Icon } from '../../ui/icon.tsx';
import { goInstead } from '../../ui/navigation.ts';
import { Empty, FailureNote, Note, Waiting } from '../../ui/notes.tsx';
import { nextPageOf, nextWordOf } from '../../ui/order-route.ts';
import { Page } from '../../ui/page.tsx';
import { useSentence, useText } from '../../ui/use-client.ts';
import { useOrder } from '../../ui/use-order.ts';

const { platform } = client;

/** 服务内容: what the fee covers, both consents, 【立即支付】. */
export default function ServicePage() {
  const text = useText();
  const { orderId, order } = useOrder();
  const { service, phase, failure, open, forget } = useStore(client.payment);
  useEffect(() => {
    void open(orderId);
    return forget;
  }, [open, forget, orderId]);
  if (order && !isIn(order.state, 'payment') && order.state !== 'pendingCapture')
    return <WentOn order={order} />;
  if (phase === 'paid' || order?.state === 'pendingCapture')
    return (
      <Page name="service" title={text.service.title}>
        <Empty
          icon="check"
          title={text.service.paid}
          note={text.service.paidNext}
          action={{
            id: 'service-next',
            label: text.service.toRequirements,
            onPress: () => goInstead('requirements', { orderId }),
          }}
        />
      </Page>
    );
  return service ? (
    <Offer service={service} orderId={orderId} />
  ) : (
    <Page name="service" title={text.service.title}>
      <Waiting failure={failure} onRetry={() => void open(orderId)} />
    </Page>
  );
}

/** Nothing is left to be paid: cancelled, given back or further on already. */
function WentOn({ order }: { order: OrderDetail }) {
  const text = useText();
  const sentence = useSentence();
  const { nextZh, nextEn, ...state } = ORDER_STATE_TEXT[order.state];
  return (
    <Page name="service" title={text.service.title}>
      <Empty
        icon="list"
        title={sentence(state)}
        note={sentence({ zh: nextZh, en: nextEn })}
        action={{
          id: 'service-next',
          label: nextWordOf(order, text),
          onPress: () => goInstead(nextPageOf(order), { orderId: order.orderId }),
        }}
      />
    </Page>
  );
}

function Offer({ service, orderId }: { service: Service; orderId: string }) {
  const text = useText();
  const sentence = useSentence();
  const [agreed, setAgreed] = useState<readonly string[]>([]);
  const toggle = (kind: string, on: boolean) =>
    setAgreed(on ? [...agreed, kind] : agreed.filter((x) => x !== kind));
  const complete = service.consents.every(({ kind }) => agreed.includes(kind));
  return (
    <Page
      name="service"
      title={text.service.title}
      footer={<PayFooter service={service} orderId={orderId} complete={complete} />}
    >
      <Card title={text.service.includes}>
        {service.items.map((item) => (
          <View key={item.zh} className="bullet">
            <Icon name="check" />
            <View>{sentence(item)}</View>
          </View>
        ))}
      </Card>
      <Card title={text.service.consents}>
        {service.consents.map((consent) => (
          <Consent
            key={consent.kind}
            consent={consent}
            checked={agreed.includes(consent.kind)}
            onChange={(on) => toggle(consent.kind, on)}
          />
        ))}
        <View className="soft">{text.service.faceRefusal}</View>
      </Card>
      {platform.pay.possible ? null : (
        <Note tone="warn" icon="warn">
          {text.service.elsewhere}
        </Note>
      )}
    </Page>
  );
}

type ConsentProps = {
  consent: Service['consents'][number];
  checked: boolean;
  onChange: (on: boolean) => void;
};

function Consent({ consent, checked, onChange }: ConsentProps) {
  const text = useText();
  const sentence = useSentence();
  const [open, setOpen] = useState(false);
  return (
    <View className="consent">
      <View className="consent__head">
        <View className="consent__title">{text.service.consentKinds[consent.kind]}</View>
        <Tappable
          id={`service-read-${consent.kind}`}
          className="link"
          expanded={open}
          onPress={() => setOpen(!open)}
        >
          {open ? text.service.fold : text.service.read}
        </Tappable>
      </View>
      <View className={`consent__text${open ? '' : ' consent__text--short'}`}>
        {sentence(consent)}
      </View>
      <Tick id={`service-agree-${consent.kind}`} checked={checked} onChange={onChange}>
        {text.service.agree}
      </Tick>
    </View>
  );
}

type PayFooterProps = { service: Service; orderId: string; complete: boolean };

function PayFooter({ service, orderId, complete }: PayFooterProps) {
  const text = useText();
  const { phase, failure, pay, confirm } = useStore(client.payment);
  const waiting = phase === 'opening' || phase === 'confirming';
  const word =
    phase === 'opening'
      ? text.service.opening
      : phase === 'confirming'
        ? text.service.confirming
        : text.service.pay;
  return (
    <>
      <FailureNote failure={failure} />
      {phase === 'unconfirmed' ? <Note tone="warn">{text.service.unconfirmed}</Note> : null}
      <View className="price-line">
        <View className="price-line__label">
          <View>{text.service.price}</View>
          <View className="soft">{complete ? text.service.priceNote : text.service.mustAgree}</View>
        </View>
        <View className="price-line__amount">{text.common.yuan(yuanOf(service.priceFen))}</View>
      </View>
      {phase === 'unconfirmed' ? (
        <>
          <Action id="service-query" onPress={() => void confirm(orderId)}>
            {text.service.query}
          </Action>
          <Action
            id="service-pay-on"
            kind="quiet"
            disabled={!complete || !platform.pay.possible}
            onPress={() => void pay(orderId, service.consents)}
          >
            {text.service.payOn}
          </Action>
        </>
      ) : (
        <Action
          id="service-pay"
          busy={waiting}
          disabled={!platform.pay.possible || (!complete && !waiting)}
          onPress={() => void pay(orderId, service.consents)}
        >
          {word}
        </Action>
      )}
    </>
  );
}
