import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { timeOf } from '../../ui/amounts.ts';
import { Card } from '../../ui/cards.tsx';
import { Action, PictureView } from '../../ui/controls';
import { Waiting } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { qrDataUri } from '../../ui/qr-drawing.ts';
import { useText } from '../../ui/use-client.ts';

/** 到采集点继续: a QR code that the station reads like a 采集码. */
export default function Handover() {
  const { handover: text } = useText();
  const { orderId = '' } = useRouter().params;
  const { handover, refusal, busy, openHandover } = useStore(client.orders);
  useEffect(() => void openHandover(orderId), [openHandover, orderId]);
  return (
    <Page
      name="handover"
      title={text.title}
      footer={
        <Action
          id="handover-renew"
          kind="secondary"
          busy={busy}
          onPress={() => void openHandover(orderId)}
        >
          {text.renew}
        </Action>
      }
    >
      <View className="lead">{text.lead}</View>
      <Card>
        {handover ? (
          <View className="handover">
            <PictureView
              id="handover-code"
              uri={qrDataUri(handover.qrText)}
              label={text.title}
              className="handover__code"
            />
            <View className="handover__valid">{text.valid(timeOf(handover.expiresAt))}</View>
          </View>
        ) : (
          <Waiting failure={refusal} onRetry={() => void openHandover(orderId)} />
        )}
      </Card>
      <View className="soft soft--centre">{text.note}</View>
    </Page>
  );
}
