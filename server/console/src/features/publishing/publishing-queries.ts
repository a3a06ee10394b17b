import type { CONSOLE_ROUTES, OutputOf } from '@gradshot/contract';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, client } from '../../api/client.ts';

export type ExportDetail = OutputOf<typeof CONSOLE_ROUTES.getExport>;
export type ExportPreview = OutputOf<typeof CONSOLE_ROUTES.previewExport>;
export type ExportItems = OutputOf<typeof CONSOLE_ROUTES.listExportItems>;

export const PAGE_SIZE = 15;
/** What is being made goes on by itself; nobody tells the browser. */
const WORKING_MS = 1_500;
const RESTING_MS = 30_000;

export function useExports(page: number) {
  return useQuery({
    queryKey: ['exports', { page }],
    queryFn: () => answerOf(client.call('listExports', { query: { page, pageSize: PAGE_SIZE } })),
    placeholderData: keepPreviousData,
    refetchInterval: RESTING_MS,
  });
}

/** Batches that wait for a second person. */
export function useAskedCount(enabled: boolean): number {
  const { data } = useQuery({
    queryKey: ['exports', 'asked'],
    queryFn: async () =>
      (await answerOf(client.call('listExports', { query: { pageSize: 1 } }))).asked,
    enabled,
    refetchInterval: 60_000,
  });
  return data ?? 0;
}

function isWorking(detail: ExportDetail | undefined): boolean {
  if (!detail) return false;
  const { state } = detail.batch;
  if (state === 'making' || state === 'cancelling') return true;
  return detail.receipts.some(({ rows, applied }) => applied < rows);
}

export function useExport(exportId: string) {
  return useQuery({
    queryKey: ['export', exportId],
    queryFn: () => answerOf(client.call('getExport', { params: { exportId } })),
    refetchInterval: ({ state }) => (isWorking(state.data) ? WORKING_MS : RESTING_MS),
  });
}

/** Each look is written down: asked for only where somebody opens the list. */
export function useExportItems(
  exportId: string,
  state: ExportItems['items'][number]['state'] | undefined,
  page: number,
) {
  return useQuery({
    queryKey: ['export', exportId, 'items', { state, page }],
    queryFn: () =>
      answerOf(
        client.call('listExportItems', {
          params: { exportId },
          query: { page, pageSize: PAGE_SIZE, ...(state ? { state } : {}) },
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useRefreshExports(): () => void {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: ['exports'] });
    void queries.invalidateQueries({ queryKey: ['export'] });
  };
}
