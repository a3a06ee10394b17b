import { View } from '@tarojs/components';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card } from '../../ui/cards.tsx';
import { Tappable } from '../../ui/controls';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { go } from '../../ui/navigation.ts';
import { FailureNote, Note } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { followScan, startScan } from '../../ui/scanning.ts';
import { useText } from '../../ui/use-client.ts';

const { scan } = client.platform;

/** 获取采集资格: 【扫码识别】, 【相册识别】 and the tutorial under the buttons. */
export default function Qualification() {
  const text = useText();
  const { busy, failure } = useStore(client.eligibility);
  // What failed at an earlier visit.
  useEffect(() => client.eligibility.getState().clear(), []);
  return (
    <Page name="qualification" title={text.qualification.title}>
      <Card title={text.qualification.lead}>
        <View className="soft">{text.qualification.note}</View>
        <Choice
          id="qualification-scan"
          icon="scan"
          title={text.qualification.scan}
          note={text.qualification.scanNote}
          onPress={() => void startScan()}
        />
        <Choice
          id="qualification-album"
          icon="album"
          title={text.qualification.album}
          note={text.qualification.albumNote}
          onPress={() => void scan.pick().then((outcome) => followScan(outcome))}
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
