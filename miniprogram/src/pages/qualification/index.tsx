import type { Result } from '@gradshot/domain';
import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import type { ScanOutcome } from '../../platform/ports.ts';
import { Card } from '../../ui/cards.tsx';
import { Tappable } from '../../ui/controls';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { go } from '../../ui/navigation.ts';
import { FailureNote, Note } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useText } from '../../ui/use-client.ts';

const { scan } = client.platform;

/** 获取采集资格: 【扫码识别】, 【相册识别】 and the tutorial under the buttons. */
export default function Qualification() {
  const text = useText();
  const { busy, failure, resolve } = useStore(client.eligibility);
  // What failed at an earlier visit.
  useEffect(() => client.eligibility.getState().clear(), []);
  const read = async (outcome: Promise<Result<ScanOutcome>>) => {
    if (await resolve(await outcome)) go('verify');
  };
  return (
    <Page name="qualification" title={text.qualification.title}>
      <Card title={text.qualification.lead}>
        <View className="soft">{text.qualification.note}</View>
        <Choice
          id="qualification-scan"
          icon="scan"
          title={text.qualification.scan}
          note={text.qualification.scanNote}
          onPress={() => (scan.kind === 'live' ? go('scan') : void read(scan.scan()))}
        />
        <Choice
          id="qualification-album"
          icon="album"
          title={text.qualification.album}
          note={text.qualification.albumNote}
          onPress={() => void read(scan.pick())}
        />
        <Tappable
          id="qualification-tutorial"
          className="link link--centre"
          onPress={() => go('tutorial')}
        >
          {text.qualification.tutorial}
        </Tappable>
      </Card>
      {busy ? <Note tone="info">{text.qualification.reading}</Note> : null}
      <FailureNote failure={failure} />
      <Note tone="info" icon="station">
        {text.qualification.handover}
      </Note>
    </Page>
  );
}

type ChoiceProps = { id: string; icon: IconName; title: string; note: string; onPress: () => void };

function Choice({ id, icon, title, note, onPress }: ChoiceProps) {
  return (
    <Tappable id={id} className="choice" onPress={onPress}>
      <View className="choice__icon">
        <Icon name={icon} size="large" />
      </View>
      <View>
        <View className="choice__title">{title}</View>
        <View className="choice__note">{note}</View>
      </View>
    </Tappable>
  );
}
