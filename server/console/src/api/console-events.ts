import { CONSOLE_ROUTES } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

type Topic = 'review' | 'chat' | 'order';
const QUERIES: Readonly<Record<Topic, readonly string[]>> = {
  review: ['review', 'dashboard'],
  chat: ['conversations', 'conversation'],
  order: ['orders', 'order', 'dashboard', 'roster', 'refunds'],
};

const TOPICS = Object.keys(QUERIES) as Topic[];

/** A browser gives up a stream that was answered by anything but the stream; we ask again. */
const REOPEN_MS = 10_000;

/**
 * Listens to the server's nudges and fetches again what they name. A stream that breaks is opened
 * again, by the browser or by us; what was missed meanwhile is fetched then.
 */
export function useConsoleEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refresh = (topic: Topic) => {
      for (const key of QUERIES[topic]) void queries.invalidateQueries({ queryKey: [key] });
    };
    return listen(refresh);
  }, [queries]);
}

/** Calls `refresh` with every topic that may have changed, until the returned function is called. */
function listen(refresh: (topic: Topic) => void): () => void {
  let events: EventSource;
  let again: ReturnType<typeof setTimeout> | undefined;
  // What the page shows at first it has just fetched; only the chat is older.
  let missed: readonly Topic[] = ['chat'];
  const open = () => {
    events = new EventSource(CONSOLE_ROUTES.streamConsoleEvents.path);
    events.addEventListener('open', () => missed.forEach(refresh));
    events.addEventListener('message', ({ data }) => {
      const topic = topicOf(data);
      if (topic) refresh(topic);
    });
    events.addEventListener('error', () => {
      missed = TOPICS;
      if (events.readyState === EventSource.CLOSED) again = setTimeout(open, REOPEN_MS);
    });
  };
  open();
  return () => {
    clearTimeout(again);
    events.close();
  };
}

function topicOf(data: unknown): Topic | undefined {
  try {
    return CONSOLE_ROUTES.streamConsoleEvents.response.parse(JSON.parse(String(data))).topic;
  } catch {
    return undefined;
  }
}
