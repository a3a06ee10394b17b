import type { Downloads } from '@gradshot/contract';
import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import type { DownloadChoice } from '../../state/download-store.ts';
import { dateOf, kilobytesOf } from '../../ui/amounts.ts';
import { Card } from '../../ui/cards.tsx';
import { Action, PictureView, Tappable } from '../../ui/controls';
import { FailureNote, Note, Waiting } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useSentence, useText } from '../../ui/use-client.ts';

const { album } = client.platform;

/** 下载图片: 【标准照】 or 【排版照】, then 【保存照片】. */
export default function Download() {
  const text = useText();
  const { orderId = '' } = useRouter().params;
  const { offers, busy, failure, open, save, close } = useStore(client.download);
  useEffect(() => {
    void open(orderId);
    return close;
  }, [open, close, orderId]);
  return (
    <Page
      name="download"
      title={text.download.title}
      footer={
        offers ? (
          <Action id="download-save" busy={busy} onPress={() => void save()}>
            {busy ? text.download.saving : text.download.save}
          </Action>
        ) : null
      }
    >
      {offers ? (
        <Offers offers={offers} />
      ) : (
        <Waiting failure={failure} onRetry={() => void open(orderId)} />
      )}
    </Page>
  );
}

function Offers({ offers }: { offers: Downloads }) {
  const text = useText();
  const language = useLanguage();
  const { choice, pictures, failure, saved, choose, save, allowAndSave } = useStore(
    client.download,
  );
  const picture = pictures[choice];
  const again = () => void (picture ? save() : choose(choice));
  const denied = failure?.code === 'phone.albumDenied' && album.hasSettings;
  return (
    <>
      <Choices offers={offers} />
      <View className={`preview preview--${choice === 'standard' ? 'portrait' : 'paper'}`}>
        {picture ? (
          <PictureView id="download-picture" uri={picture.uri} label={text.download.title} />
        ) : failure ? null : (
          <View className="spinner spinner--large" />
        )}
      </View>
      {saved ? (
        <Note tone="good" icon="check">
          {album.hasSettings ? text.download.saved : text.download.savedH5}
        </Note>
      ) : null}
      <FailureNote failure={failure} {...(denied ? {} : { onRetry: again })} />
      {denied ? (
        <Action id="download-settings" kind="secondary" onPress={() => void allowAndSave()}>
          {text.common.openSettings}
        </Action>
      ) : null}
      <View className="soft soft--centre">{text.download.note}</View>
      <View id="download-until" className="soft soft--centre">
        {text.download.keepUntil(dateOf(offers.keepUntil, language))}
      </View>
    </>
  );
}

function Choices({ offers }: { offers: Downloads }) {
  const text = useText();
  const sentence = useSentence();
  const { choice, choose } = useStore(client.download);
  const { standard, sheets } = offers;
  return (
    <Card title={text.download.choose}>
      <View className="segments">
        <Segment
          id="download-standard"
          on={choice === 'standard'}
          title={text.download.standard}
          note={`${standard.width} × ${standard.height} · ${text.download.size(
            kilobytesOf(standard.bytes),
          )}`}
          onPress={() => void choose('standard')}
        />
        <Segment
          id="download-sheet"
          on={choice !== 'standard'}
          title={text.download.sheet}
          note={sheets.map((sheet) => sentence(sheet)).join(' / ')}
          onPress={() => void (sheets[0] && choose(sheets[0].layout))}
        />
      </View>
      {choice === 'standard' ? null : <Papers sheets={sheets} choice={choice} choose={choose} />}
    </Card>
  );
}

type PapersProps = {
  sheets: Downloads['sheets'];
  choice: DownloadChoice;
  choose: (choice: DownloadChoice) => Promise<void>;
};

function Papers({ sheets, choice, choose }: PapersProps) {
  const text = useText();
  const sentence = useSentence();
  return (
    <View className="segments">
      {sheets.map((sheet) => (
        <Segment
          key={sheet.layout}
          id={`download-sheet-${sheet.layout}`}
          on={choice === sheet.layout}
          title={sentence(sheet)}
          note={text.download.copies(sheet.copies)}
          onPress={() => void choose(sheet.layout)}
        />
      ))}
    </View>
  );
}

type SegmentProps = { id: string; on: boolean; title: string; note: string; onPress: () => void };

function Segment({ id, on, title, note, onPress }: SegmentProps) {
  return (
    <Tappable
      id={id}
      role="radio"
      checked={on}
      className={`segment${on ? ' segment--on' : ''}`}
      onPress={onPress}
    >
      <View className="segment__title">{title}</View>
      <View className="segment__note">{note}</View>
    </Tappable>
  );
}
