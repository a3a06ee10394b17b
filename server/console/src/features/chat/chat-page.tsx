import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { Badge, Empty } from 'antd';
import { NavLink, useParams } from 'react-router';
import { useLanguage } from '../../i18n/language.tsx';
import { shortTime } from '../../i18n/times.ts';
import { LoadState } from '../../ui/load-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import styles from './chat-page.module.css';
import { useConversations } from './conversations.ts';
import { MessagePane } from './message-pane.tsx';

type Conversation = OutputOf<typeof CONSOLE_ROUTES.listConversations>['conversations'][number];

export function ChatPage() {
  const { t } = useLanguage();
  const { accountId } = useParams();
  const query = useConversations();
  const current = query.data?.conversations.find((x) => x.accountId === accountId);
  return (
    <div className={styles.desk}>
      <PageHeader title={t.chat.title} />
      <nav className={styles.list} aria-label={t.chat.conversations}>
        {query.data ? (
          <List conversations={query.data.conversations} />
        ) : (
          <LoadState query={query} />
        )}
      </nav>
      {accountId ? (
        <MessagePane key={accountId} accountId={accountId} who={current?.who ?? t.chat.graduate} />
      ) : (
        <Empty className={styles.choose ?? ''} description={t.chat.choose} />
      )}
    </div>
  );
}

function List({ conversations }: { conversations: readonly Conversation[] }) {
  const { t } = useLanguage();
  if (conversations.length === 0)
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          <>
            {t.chat.none}
            <br />
            <small>{t.chat.noneLead}</small>
          </>
        }
      />
    );
  return (
    <ul>
      {conversations.map((conversation) => (
        <li key={conversation.accountId}>
          <NavLink
            to={`/chat/${conversation.accountId}`}
            className={styles.conversation ?? ''}
            aria-label={`${conversation.who} ${t.chat.unread(conversation.unread)}`}
          >
            <strong>{conversation.who}</strong>
            <time className="num">{shortTime(conversation.lastAt)}</time>
            <span className={styles.last}>{conversation.lastText}</span>
            <Badge count={conversation.unread} size="small" />
            {conversation.agentName ? <em>{t.chat.takenBy(conversation.agentName)}</em> : null}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
