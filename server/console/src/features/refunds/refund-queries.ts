import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export type DueRefundPage = OutputOf<typeof CONSOLE_ROUTES.listDueRefunds>;

export const PAGE_SIZE = 12;
/** A refund that runs ends by a notification, which nobody here hears of. */
const POLL_MS = 15_000;

export function useDueRefunds(returned: boolean, page: number) {
  return useQuery({
    queryKey: ['refunds', { returned, page }],
    queryFn: () =>
      answerOf(
        client.call('listDueRefunds', {
          query: { returned: returned ? 'true' : 'false', page, pageSize: PAGE_SIZE },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

export function useRefundRequests(decided: boolean, page: number) {
  return useQuery({
    queryKey: ['refunds', 'requests', { decided, page }],
    queryFn: () =>
      answerOf(
        client.call('listRefundRequests', {
          query: { decided: decided ? 'true' : 'false', page, pageSize: PAGE_SIZE },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

export type ShownRefundPage = OutputOf<typeof CONSOLE_ROUTES.listRefunds>;

export function useShownRefunds(show: 'abnormal' | 'running' | 'ended', page: number) {
  return useQuery({
    queryKey: ['refunds', 'shown', { show, page }],
    queryFn: () =>
      answerOf(client.call('listRefunds', { query: { show, page, pageSize: PAGE_SIZE } })),
    placeholderData: keepPreviousData,
    refetchInterval: POLL_MS,
  });
}

/** What waits for somebody. */
export type RefundCounts = {
  readonly owed: number;
  readonly requests: number;
  readonly abnormal: number;
};

const NOTHING: RefundCounts = { owed: 0, requests: 0, abnormal: 0 };

export function useRefundCounts(enabled: boolean): RefundCounts {
  const { data } = useQuery({
    queryKey: ['refunds', 'counts'],
    queryFn: async () => {
      const query = { pageSize: 1 };
      const [due, asked, shown] = await Promise.all([
        answerOf(client.call('listDueRefunds', { query })),
        answerOf(client.call('listRefundRequests', { query })),
        answerOf(client.call('listRefunds', { query })),
      ]);
      return { owed: due.owed, requests: asked.open, abnormal: shown.abnormal };
    },
    enabled,
    refetchInterval: 60_000,
  });
  return data ?? NOTHING;
}
