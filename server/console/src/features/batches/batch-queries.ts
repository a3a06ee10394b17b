import { useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export function useBatches() {
  return useQuery({
    queryKey: ['batches'],
    queryFn: () => answerOf(client.call('listBatches')),
    staleTime: 60_000,
  });
}
