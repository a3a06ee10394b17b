import type { RosterDraft } from '@gradshot/contract';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export type RowKind = 'good' | 'bad' | 'aside';

export const ROWS_A_PAGE = 20;
/** Often enough that a bar moves. */
const ASK_MS = 600;

const isBusy = (draft: RosterDraft | undefined) =>
  draft?.state === 'reading' || draft?.state === 'importing' || draft?.state === 'cancelling';

/** An uploaded roster; asked for again while the server is at work on it. */
export function useDraft(draftId: string | undefined) {
  return useQuery({
    queryKey: ['rosterDraft', draftId],
    queryFn: () => answerOf(client.call('getRosterDraft', { params: { draftId: draftId ?? '' } })),
    enabled: draftId !== undefined,
    refetchInterval: ({ state }) => (isBusy(state.data) ? ASK_MS : false),
    retry: false,
  });
}

/** `version`: rows that were judged anew are other rows. */
export function useDraftRows(draftId: string, kind: RowKind, page: number, version: number) {
  return useQuery({
    queryKey: ['rosterDraft', draftId, 'rows', kind, page, version],
    queryFn: () =>
      answerOf(
        client.call('listRosterDraftRows', {
          params: { draftId },
          query: { kind, page, pageSize: ROWS_A_PAGE },
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Puts a draft that the server has answered in the place of the one that is shown. */
export function useShowDraft() {
  const queries = useQueryClient();
  return (draft: RosterDraft) => queries.setQueryData(['rosterDraft', draft.draftId], draft);
}

export function useImports(batchId: string) {
  return useQuery({
    queryKey: ['roster', batchId, 'imports'],
    queryFn: async () =>
      (await answerOf(client.call('listRosterImports', { params: { batchId } }))).imports,
  });
}
