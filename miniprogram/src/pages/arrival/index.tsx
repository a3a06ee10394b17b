import type { Arrival as ArrivalView, OrderSummary } from '@gradshot/contract';
import { isIn } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { placeText } from '../../ui/arrival-place.ts';
import { Card } from '../../ui/cards.tsx';
import { Action } from '../../ui/controls';
import { go, goFresh } from '../../ui/navigation.ts';
import { Empty, FailureNote, Note, Waiting } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { startScan } from '../../ui/scanning.ts';
import { useText, useWhileShown } from '../../ui/use-client.ts';

/** The event stream tells of a call at once where it passes; else it is soon asked for. */
const REFRESH_MS = 5_000;

/** 到场: by the code of a station that was scanned, or what has become of it (`orderId`). */
export default function Arrival() {
  const text = useText();
  const { code, orderId } = useRouter().params;
  const [arrived, setArrived] = useState(orderId);
  const loggedIn = client.session.getState().isLoggedIn();
  return (
    <Page name="arrival" title={text.arrival.title}>
      {!loggedIn ? (
        <LoginFirst code={code} />
      ) : arrived ? (
        <Place orderId={arrived} />
      ) : (
        <Arriving code={code ?? ''} onArrived={setArrived} />
      )}
    </Page>
  );
}

function LoginFirst({ code }: { code: string | undefined }) {
  const { arrival: text } = useText();
  const login = () =>
    client.platform.login.kind === 'phone'
      ? go('login', code ? { arrival: code } : {})
      : goFresh('launch');
  return (
    <Empty
      icon="user"
      title={text.loginFirst}
      note={text.loginNote}
      action={{ id: 'arrival-login', label: text.login, onPress: login }}
    />
  );
}

type ArrivingProps = { code: string; onArrived: (orderId: string) => void };

/** With one order at once; of several the person chooses. */
function Arriving({ code, onArrived }: ArrivingProps) {
  const { arrival: text } = useText();
  const { list, failure, refusal, busy, loadList, arrive, clearRefusal } = useStore(client.orders);
  useEffect(() => {
    // Of the page before.
    clearRefusal();
    client.live.start();
    void loadList();
  }, [loadList, clearRefusal]);
  const open = list?.filter(({ state }) => isIn(state, 'payment', 'photo', 'rejected'));
  const only = open?.length === 1 ? open[0]?.orderId : undefined;
  const stand = async (orderId: string) => {
    if (await arrive(orderId, code)) onArrived(orderId);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for the one order
  useEffect(() => {
    if (only) void stand(only);
  }, [only]);
  if (refusal) return <Refused orderId={only} onRetry={() => only && void stand(only)} />;
  if (!open || only) return <Waiting failure={failure} onRetry={() => void loadList()} />;
  if (open.length === 0)
    return (
      <Empty
        icon="list"
        title={text.nothing}
        note={text.nothingNote}
        action={{
          id: 'arrival-qualification',
          label: text.qualification,
          onPress: () => go('qualification'),
        }}
      />
    );
  return (
    <>
      <View className="lead">{text.choose}</View>
      {open.map((order, index) => (
        <Choice
          key={order.orderId}
          busy={busy}
          index={index}
          order={order}
          onPress={() => void stand(order.orderId)}
        />
      ))}
    </>
  );
}

type ChoiceProps = { order: OrderSummary; index: number; busy: boolean; onPress: () => void };

function Choice({ order, index, busy, onPress }: ChoiceProps) {
  const { arrival: text } = useText();
  return (
    <Card title={order.batchName}>
      <View className="soft">{order.school}</View>
      <Action id={`arrival-order-${index}`} busy={busy} onPress={onPress}>
        {text.here}
      </Action>
    </Card>
  );
}

type RefusedProps = { orderId: string | undefined; onRetry: () => void };

/** A code that is over is scanned anew; the network may come back. */
function Refused({ orderId, onRetry }: RefusedProps) {
  const { arrival: text } = useText();
  const refusal = useStore(client.orders, (x) => x.refusal);
  const again = refusal?.code.startsWith('arrival.') && refusal.code !== 'arrival.stationAway';
  return (
    <>
      {again ? (
        <FailureNote failure={refusal} />
      ) : (
        <FailureNote failure={refusal} onRetry={onRetry} />
      )}
      <Action id="arrival-scan" onPress={() => void startScan()}>
        {text.scanAgain}
      </Action>
      {orderId ? (
        <Action id="arrival-order" kind="secondary" onPress={() => go('order', { orderId })}>
          {text.toOrder}
        </Action>
      ) : null}
    </>
  );
}

function Place({ orderId }: { orderId: string }) {
  const { arrival: text } = useText();
  const order = useStore(client.orders, (x) => x.details[orderId]);
  const failure = useStore(client.orders, (x) => x.failure);
  const reload = () => void client.orders.getState().load(orderId);
  useEffect(() => client.live.start(), []);
  useWhileShown(reload, REFRESH_MS);
  if (!order) return <Waiting failure={failure} onRetry={reload} />;
  return (
    <>
      {order.arrival ? (
        <Ticket arrival={order.arrival} />
      ) : (
        <Empty
          icon="station"
          title={text.none}
          action={{
            id: 'arrival-scan',
            label: text.scan,
            onPress: () => void startScan(),
          }}
        />
      )}
      <FailureNote failure={failure} onRetry={reload} />
      <Action id="arrival-order" kind="secondary" onPress={() => go('order', { orderId })}>
        {text.toOrder}
      </Action>
    </>
  );
}

/** The number, large enough to be read at arm's length and held up at the desk. */
function Ticket({ arrival }: { arrival: ArrivalView }) {
  const { arrival: text } = useText();
  const { station, number, state } = arrival;
  return (
    <>
      {state === 'called' ? (
        <Note tone="good" icon="bell">
          {text.comeNow}
        </Note>
      ) : null}
      <Card>
        <View className="arrival">
          <View className="arrival__station">{station}</View>
          {number ? (
            <View className="arrival__number" id="arrival-number">
              {number}
            </View>
          ) : (
            <View className="spinner spinner--large" />
          )}
          <View className="arrival__place" id="arrival-place" ariaRole="status">
            {placeText(arrival, text)}
          </View>
          {number === undefined || state === 'waiting' || state === 'handedBack' ? (
            <View className="soft">{number ? text.stay : text.soon}</View>
          ) : null}
        </View>
      </Card>
    </>
  );
}
