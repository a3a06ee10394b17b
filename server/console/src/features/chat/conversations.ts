import type { ChatMessage } from '@gradshot/contract';
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
  const queryKey = ['conversation', accountId];
  return useQuery({
    queryKey,
    queryFn: async () => {
      const known = queries.getQueryData<readonly ChatMessage[]>(queryKey) ?? [];
      const messages = await withNewer(accountId, known);
      void queries.invalidateQueries({ queryKey: ['conversations'] });
      return messages;
    },
    refetchInterval: POLL_MS,
  });
}

/** The server answers so many at a time: asked until nothing newer is there. */
async function withNewer(
  accountId: string,
  known: readonly ChatMessage[],
): Promise<readonly ChatMessage[]> {
  const params = { accountId };
  const query = { after: known.at(-1)?.sequence ?? 0 };
  const { messages } = await answerOf(client.call('listConversation', { params, query }));
  return messages.length > 0 ? withNewer(accountId, [...known, ...messages]) : known;
}
