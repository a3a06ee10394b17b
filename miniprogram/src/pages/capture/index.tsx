import type { Failure } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import type { LiveCamera } from '../../platform/ports.ts';
import type { Shot } from '../../state/shot-store.ts';
import { ProgressBar } from '../../ui/cards.tsx';
import { Action, PictureView, Tappable } from '../../ui/controls';
import { Icon } from '../../ui/icon.tsx';
import { goInstead } from '../../ui/navigation.ts';
import { FailureNote } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useShown, useText } from '../../ui/use-client.ts';
import { Viewfinder } from '../../ui/viewfinder';

const { camera } = client.platform;

/** 拍照: the rear camera, then 【重拍】 or 【上传】. */
export default function Capture() {
  const { orderId = '' } = useRouter().params;
  const { shot, restore } = useStore(client.shot);
  useEffect(() => void restore(orderId), [restore, orderId]);
  if (shot?.orderId === orderId) return <Review shot={shot} />;
  return camera.kind === 'live' ? (
    <LiveShoot orderId={orderId} />
  ) : (
    <SystemShoot orderId={orderId} />
  );
}

function SystemShoot({ orderId }: { orderId: string }) {
  const text = useText();
  const { failure, take } = useStore(client.shot);
  const open = async () => void (await take(orderId, await camera.take()));
  return (
    <Page
      name="capture"
      title={text.capture.title}
      footer={
        <Action id="capture-shoot" onPress={() => void open()}>
          {text.capture.shoot}
        </Action>
      }
    >
      <View className="camera-stand">
        <Icon name="camera" size="large" />
        <View className="camera-stand__title">{text.capture.hint}</View>
        <View className="soft">{text.capture.openNote}</View>
      </View>
      <CameraFailure failure={failure} onRetry={() => void open()} />
    </Page>
  );
}

function LiveShoot({ orderId }: { orderId: string }) {
  const text = useText();
  const { failure, take } = useStore(client.shot);
  const [busy, setBusy] = useState(false);
  const [round, setRound] = useState(0);
  const live = useLiveCamera(round);
  const shoot = async () => {
    if (!live.camera || busy) return;
    setBusy(true);
    await take(orderId, await live.camera.shoot());
    setBusy(false);
  };
  const withSystem = async () => void (await take(orderId, await camera.take()));
  return (
    <Page
      name="capture"
      title={text.capture.title}
      dark
      footer={
        <Action id="capture-shoot" busy={busy} disabled={!live.camera} onPress={() => void shoot()}>
          {text.capture.shoot}
        </Action>
      }
    >
      {live.camera ? (
        <Viewfinder attach={live.camera.attach} guide="person" />
      ) : (
        <View className="viewfinder viewfinder--empty">
          {live.failure ? null : text.capture.starting}
        </View>
      )}
      <View className="camera-hint">{text.capture.hint}</View>
      <CameraFailure failure={failure ?? live.failure} onRetry={() => setRound(round + 1)} />
      {live.failure ? (
        <Tappable
          id="capture-system"
          className="link link--centre link--light"
          onPress={() => void withSystem()}
        >
          {text.capture.systemCamera}
        </Tappable>
      ) : null}
    </Page>
  );
}

function CameraFailure({
  failure,
  onRetry,
}: {
  failure: Failure | undefined;
  onRetry: () => void;
}) {
  return <FailureNote failure={failure} onRetry={onRetry} />;
}

/** Open while the page is in front; a phone call or another page closes it. */
function useLiveCamera(round: number) {
  const shown = useShown();
  const [state, setState] = useState<{ camera?: LiveCamera; failure?: Failure }>({});
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens the camera again
  useEffect(() => {
    if (!shown) return undefined;
    let left = false;
    let opened: LiveCamera | undefined;
    void camera.open().then((answer) => {
      if (answer.ok) opened = answer.value;
      if (left) opened?.close();
      else setState(answer.ok ? { camera: answer.value } : { failure: answer.error });
    });
    return () => {
      left = true;
      opened?.close();
      setState({});
    };
  }, [shown, round]);
  return state;
}

function Review({ shot }: { shot: Shot }) {
  const text = useText();
  const { phase, progress, failure, upload, drop } = useStore(client.shot);
  const sending = phase === 'uploading';
  const send = async () => {
    if (!(await upload())) return;
    // The next page shows the order's photo, which is another one now.
    await client.orders.getState().load(shot.orderId);
    goInstead('standardize', { orderId: shot.orderId });
  };
  return (
    <Page
      name="capture"
      title={text.capture.title}
      footer={
        <>
          <FailureNote failure={failure} />
          <View className="pair">
            <Action
              id="capture-retake"
              kind="secondary"
              disabled={sending}
              onPress={() => void drop(shot.orderId)}
            >
              {text.capture.retake}
            </Action>
            <Action id="capture-upload" busy={sending} onPress={() => void send()}>
              {phase === 'interrupted' ? text.capture.resume : text.capture.upload}
            </Action>
          </View>
        </>
      }
    >
      <PictureView
        id="capture-picture"
        uri={shot.picture.uri}
        label={text.capture.title}
        className="shot"
      />
      <View className="lead lead--centre">{text.capture.check}</View>
      {sending ? <ProgressBar share={progress} label={text.capture.uploading} /> : null}
      {phase === 'interrupted' ? <View className="soft">{text.capture.interrupted}</View> : null}
    </Page>
  );
}
