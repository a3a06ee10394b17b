import type { CONSOLE_ROUTES, OutputOf, RosterProgress } from '@gradshot/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export type Roster = OutputOf<typeof CONSOLE_ROUTES.listRoster>;

export type RosterSearch = {
  readonly className: string | undefined;
  readonly progress: RosterProgress | undefined;
  readonly page: number;
};

export const PAGE_SIZE = 10;

export function useRoster(batchId: string, search: RosterSearch) {
  return useQuery({
    queryKey: ['roster', batchId, search],
    queryFn: () =>
      answerOf(
        client.call('listRoster', {
          params: { batchId },
          query: { ...search, pageSize: PAGE_SIZE },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Classes of a batch's roster; none for roles that may not see rosters. */
export function useClasses(batchId: string | undefined) {
  return useQuery({
    queryKey: ['roster', batchId, 'classes'],
    queryFn: async () => {
      const input = { params: { batchId: batchId ?? '' }, query: { pageSize: 1 } };
      return (await answerOf(client.call('listRoster', input))).classes;
    },
    enabled: batchId !== undefined,
    staleTime: 60_000,
    retry: false,
  });
}

export function useRosterLog(batchId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['roster', batchId, 'log'],
    queryFn: async () =>
      (await answerOf(client.call('listRosterLog', { params: { batchId } }))).acts,
    enabled,
  });
}
