import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export type ConsoleOrder = OutputOf<typeof CONSOLE_ROUTES.getConsoleOrder>;

export function useOrder(orderId: string) {
  return useQuery({
    queryKey: ['order', orderId],
    queryFn: () => answerOf(client.call('getConsoleOrder', { params: { orderId } })),
  });
}

export function useRefreshOrder(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['order'] });
    void queries.invalidateQueries({ queryKey: ['orders'] });
  };
}
