import type { Notice } from '@gradshot/contract';
import { View } from '@tarojs/components';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { dateTimeOf } from '../../ui/amounts.ts';
import { Tappable } from '../../ui/controls';
import { go } from '../../ui/navigation.ts';
import { Empty, FailureNote, Waiting } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useText, useWhileShown } from '../../ui/use-client.ts';

const REFRESH_MS = 30_000;

/** 消息: every change of an order, newest first. */
export default function Notices() {
  const text = useText();
  const { notices, failure, load } = useStore(client.notices);
  useWhileShown(() => {
    void load().then(() => client.notices.getState().markRead());
  }, REFRESH_MS);
  return (
    <Page name="notices" title={text.notices.title}>
      {notices ? <FailureNote failure={failure} onRetry={() => void load()} /> : null}
      {notices ? null : <Waiting failure={failure} onRetry={() => void load()} />}
      {notices?.length === 0 ? (
        <Empty icon="bell" title={text.notices.empty} note={text.notices.emptyNote} />
      ) : null}
      {notices?.map((notice) => (
        <NoticeCard key={notice.noticeId} notice={notice} />
      ))}
    </Page>
  );
}

function NoticeCard({ notice }: { notice: Notice }) {
  const language = useLanguage();
  const zh = language === 'zh';
  return (
    <Tappable
      id={`notice-${notice.sequence}`}
      className="card notice"
      onPress={() => go('order', { orderId: notice.orderId })}
    >
      <View className="notice__head">
        <View className="notice__title">{zh ? notice.titleZh : notice.titleEn}</View>
        {notice.read ? null : <View className="notice__dot" />}
      </View>
      <View className="notice__text">{zh ? notice.zh : notice.en}</View>
      <View className="soft">{dateTimeOf(notice.at, language)}</View>
    </Tappable>
  );
}
