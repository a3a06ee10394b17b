import type { ChatMessage } from '@gradshot/contract';
import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { client } from '../../client.ts';
import type { Outgoing } from '../../state/chat-store.ts';
import { dateTimeOf } from '../../ui/amounts.ts';
import { Action, Tappable, TextField } from '../../ui/controls';
import { FailureNote } from '../../ui/notes.tsx';
import { Page } from '../../ui/page.tsx';
import { scrollToEnd } from '../../ui/scrolling.ts';
import { useLanguage, useText, useWhileShown } from '../../ui/use-client.ts';

/** Beside the event stream, for networks where it does not pass. */
const POLL_MS = 5_000;
/** Of the contract. */
const LONGEST = 1000;

/** 在线客服. */
export default function Chat() {
  const text = useText();
  const chat = useStore(client.chat);
  const [draft, setDraft] = useState('');
  useWhileShown(() => {
    client.live.start();
    void chat.load().then(() => client.chat.getState().markRead());
  }, POLL_MS);
  const count = chat.messages.length + chat.outgoing.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new message scrolls into view
  useEffect(scrollToEnd, [count]);
  const send = () => {
    if (draft.trim() === '') return;
    void chat.send(draft);
    setDraft('');
  };
  return (
    <Page
      name="chat"
      title={text.chat.title}
      support={false}
      footer={
        <View className="composer">
          <TextField
            id="chat-text"
            label={text.chat.placeholder}
            placeholder={text.chat.placeholder}
            maxLength={LONGEST}
            value={draft}
            onChange={setDraft}
            onConfirm={send}
          />
          <Action id="chat-send" disabled={draft.trim() === ''} onPress={send}>
            {text.chat.send}
          </Action>
        </View>
      }
    >
      <View className={`presence${chat.online ? ' presence--online' : ''}`}>
        {chat.online ? text.chat.online : text.chat.offline}
      </View>
      <View className="bubble bubble--agent">{text.chat.empty}</View>
      {chat.messages.map((message) => (
        <Message key={message.messageId} message={message} />
      ))}
      {chat.outgoing.map((message) => (
        <Unsent key={message.messageId} message={message} />
      ))}
      <FailureNote failure={chat.failure} onRetry={() => void chat.load()} />
    </Page>
  );
}

function Message({ message }: { message: ChatMessage }) {
  const text = useText();
  const language = useLanguage();
  if (message.from === 'system') return <View className="system-line">{message.text}</View>;
  const name = message.from === 'agent' ? `${message.agentName ?? text.chat.agent} · ` : '';
  return (
    <View className={`speech speech--${message.from}`}>
      <View className={`bubble bubble--${message.from}`}>{message.text}</View>
      <View className="speech__time">
        {name}
        {dateTimeOf(message.at, language)}
      </View>
    </View>
  );
}

function Unsent({ message }: { message: Outgoing }) {
  const text = useText();
  const { retry } = useStore(client.chat);
  return (
    <View className="speech speech--graduate">
      <View className="bubble bubble--graduate bubble--unsent">{message.text}</View>
      {message.failure ? (
        <Tappable
          id={`chat-retry-${message.messageId}`}
          className="speech__retry"
          onPress={() => void retry(message.messageId)}
        >
          {text.chat.failed}
        </Tappable>
      ) : (
        <View className="speech__time">{text.chat.sending}</View>
      )}
    </View>
  );
}
