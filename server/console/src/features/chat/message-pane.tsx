import type { ChatMessage } from '@gradshot/contract';
import { MAX_MESSAGE_LENGTH } from '@gradshot/contract';
import { Button, Input } from 'antd';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../api/client.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { shortTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import { useNotify } from '../../ui/use-notify.ts';
import { useMessages } from './conversations.ts';
import styles from './message-pane.module.css';

export function MessagePane({ accountId, who }: { accountId: string; who: string }) {
  const query = useMessages(accountId);
  return (
    <section className={styles.pane}>
      <h2>{who}</h2>
      {query.data ? <Messages messages={query.data} /> : <LoadState query={query} />}
      <Reply accountId={accountId} onSent={() => void query.refetch()} />
    </section>
  );
}

/** Kept at its end, where the newest message is. */
function Messages({ messages }: { messages: readonly ChatMessage[] }) {
  const list = useRef<HTMLOListElement>(null);
  const last = messages.at(-1)?.sequence;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message scrolls the list
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [last]);
  return (
    <ol ref={list} className={styles.messages}>
      {messages.map((message) => (
        <Message key={message.messageId} message={message} />
      ))}
    </ol>
  );
}

function Message({ message }: { message: ChatMessage }) {
  const { t } = useLanguage();
  const name = { graduate: '', agent: message.agentName ?? '', system: t.chat.system }[
    message.from
  ];
  return (
    <li className={styles.message} data-from={message.from}>
      <small className="num">
        {name} {shortTime(message.at)}
        {message.orderId ? (
          <>
            {' · '}
            <Link to={`/orders/${message.orderId}`}>{t.chat.order}</Link>
          </>
        ) : null}
      </small>
      <p>{message.text}</p>
    </li>
  );
}

function Reply({ accountId, onSent }: { accountId: string; onSent: () => void }) {
  const { t } = useLanguage();
  const notify = useNotify();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  // Kept until it has arrived: a repeated try is the same message, other words are another one.
  const message = useRef({ id: crypto.randomUUID(), text: '' });
  const send = async () => {
    const body = { text: text.trim() };
    if (!body.text || busy) return;
    setBusy(true);
    if (message.current.text !== body.text)
      message.current = { id: crypto.randomUUID(), text: body.text };
    const params = { accountId, messageId: message.current.id };
    const answer = await client.call('answerConversation', { params, body });
    setBusy(false);
    if (!answer.ok) return notify.failed(answer.error);
    message.current = { id: crypto.randomUUID(), text: '' };
    setText('');
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <footer className={styles.reply}>
      <Input.TextArea
        autoFocus
        value={text}
        maxLength={MAX_MESSAGE_LENGTH}
        autoSize={{ minRows: 2, maxRows: 6 }}
        placeholder={t.chat.reply}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button type="primary" loading={busy} disabled={!text.trim()} onClick={() => void send()}>
        {t.chat.send}
      </Button>
    </footer>
  );
}
