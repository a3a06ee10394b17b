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

/** Payments that are still owed back. */
export function useOwedCount(enabled: boolean): number {
  const { data } = useQuery({
    queryKey: ['refunds', 'owed'],
    queryFn: async () =>
      (await answerOf(client.call('listDueRefunds', { query: { pageSize: 1 } }))).owed,
    enabled,
    refetchInterval: 60_000,
  });
  return data ?? 0;
}
