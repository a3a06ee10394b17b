import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export type Dashboard = OutputOf<typeof CONSOLE_ROUTES.getDashboard>;

const POLL_MS = 30_000;

export function useDashboard(batchId?: string) {
  return useQuery({
    queryKey: ['dashboard', batchId ?? 'all'],
    queryFn: () => answerOf(client.call('getDashboard', { query: batchId ? { batchId } : {} })),
    refetchInterval: POLL_MS,
  });
}
