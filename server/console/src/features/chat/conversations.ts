import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

/** Nudges may be lost. */
const POLL_MS = 20_000;

export function useConversations(enabled = true) {
  return useQuery({
    queryKey: ['conversations'],
    queryFn: () => answerOf(client.call('listConversations')),
    refetchInterval: POLL_MS,
    enabled,
  });
}

/** Messages of graduates that nobody has read, over all conversations. */
export function useUnreadCount(enabled: boolean): number {
  const { data } = useConversations(enabled);
  return data?.conversations.reduce((sum, { unread }) => sum + unread, 0) ?? 0;
}

/** Reading marks as read, so the list is fetched again behind it. */
export function useMessages(accountId: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['conversation', accountId],
    queryFn: async () => {
      const params = { accountId };
      const { messages } = await answerOf(client.call('listConversation', { params, query: {} }));
      void queries.invalidateQueries({ queryKey: ['conversations'] });
      return messages;
    },
    refetchInterval: POLL_MS,
  });
}
