import { CONSOLE_ROUTES } from '@gradshot/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

type Topic = 'review' | 'chat' | 'order';
const QUERIES: Readonly<Record<Topic, readonly string[]>> = {
  review: ['review', 'dashboard'],
  chat: ['conversations', 'conversation'],
  order: ['orders', 'order', 'dashboard', 'roster', 'refunds'],
};

/**
 * Listens to the server's nudges and fetches again what they name. The browser reconnects by
 * itself; what was missed meanwhile is fetched when the stream opens.
 */
export function useConsoleEvents(): void {
  const queries = useQueryClient();
  useEffect(() => {
    const events = new EventSource(CONSOLE_ROUTES.streamConsoleEvents.path);
    const refresh = (topic: Topic) => {
      for (const key of QUERIES[topic]) void queries.invalidateQueries({ queryKey: [key] });
    };
    events.addEventListener('open', () => refresh('chat'));
    events.addEventListener('message', ({ data }) => {
      const topic = topicOf(data);
      if (topic) refresh(topic);
    });
    return () => events.close();
  }, [queries]);
}

function topicOf(data: unknown): Topic | undefined {
  try {
    return CONSOLE_ROUTES.streamConsoleEvents.response.parse(JSON.parse(String(data))).topic;
  } catch {
    return undefined;
  }
}
