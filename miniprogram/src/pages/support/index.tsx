import { View } from '@tarojs/components';
import { useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import { Card, LinkRow } from '../../ui/cards.tsx';
import { Tappable } from '../../ui/controls';
import { Icon } from '../../ui/icon.tsx';
import { go } from '../../ui/navigation.ts';
import { FailureNote, Waiting } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { useLanguage, useText, useWhileShown } from '../../ui/use-client.ts';

const REFRESH_MS = 60_000;

/** 客服: chat with an agent, phone, FAQ. */
export default function Support() {
  const text = useText();
  const { settings, failure, load } = useStore(client.settings);
  const unread = useStore(client.chat, (x) => x.unread);
  const signedIn = useStore(client.session, (x) => x.account !== undefined);
  useWhileShown(() => {
    void load();
    if (signedIn) void client.chat.getState().load();
  }, REFRESH_MS);
  const service = settings?.customerService;
  return (
    <Page name="support" title={text.support.title} support={false}>
      <Card>
        <LinkRow
          id="support-chat"
          icon="chat"
          title={text.support.chat}
          note={text.support.chatNote}
          badge={unread > 0 ? text.support.unread(unread) : undefined}
          onPress={() => go('chat')}
        />
        {service ? (
          <LinkRow
            id="support-phone"
            icon="phone"
            title={`${text.support.phone} ${service.phone}`}
            note={`${text.support.hours} ${service.hours}`}
            onPress={() => client.platform.phone.call(service.phone)}
          />
        ) : null}
      </Card>
      {service ? (
        <Faq faq={service.faq} />
      ) : (
        <Waiting failure={failure} onRetry={() => void load()} />
      )}
      {service ? <FailureNote failure={failure} /> : null}
    </Page>
  );
}

type FaqProps = {
  faq: readonly {
    questionZh: string;
    answerZh: string;
    questionEn: string;
    answerEn: string;
  }[];
};

function Faq({ faq }: FaqProps) {
  const text = useText();
  const language = useLanguage();
  const [open, setOpen] = useState<number>();
  return (
    <Card title={text.support.faq}>
      {faq.length === 0 ? <View className="soft">{text.support.noFaq}</View> : null}
      {faq.map((entry, i) => (
        <View key={entry.questionZh} className={`faq${open === i ? ' faq--open' : ''}`}>
          <Tappable
            id={`support-faq-${i}`}
            className="faq__question"
            expanded={open === i}
            onPress={() => setOpen(open === i ? undefined : i)}
          >
            <View>{language === 'zh' ? entry.questionZh : entry.questionEn}</View>
            <Icon name="chevron" />
          </Tappable>
          {open === i ? (
            <View className="faq__answer">
              {language === 'zh' ? entry.answerZh : entry.answerEn}
            </View>
          ) : null}
        </View>
      ))}
    </Card>
  );
}
