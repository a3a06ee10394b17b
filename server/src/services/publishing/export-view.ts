import type { ExportBatch, ExportState, RouteOutput } from '@gradshot/contract';
import { exportNameKey, fail, glossary, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  ExportItemState,
  ExportRecord,
  ExportView,
  PublishingRows,
} from '../../ports/publishing/publishing-repository.ts';
import { openNote, openReason } from './export-facts.ts';

type Needs = Stored<PublishingRows> & { readonly vault: Vault };

export type ExportBatchView = ExportBatch;

const STATE_WORDS: Readonly<Record<ExportState, string>> = {
  asked: glossary.exportAsked.zh,
  declined: glossary.exportDeclined.zh,
  making: glossary.exportMaking.zh,
  made: '已制作',
  cancelling: glossary.exportCancelling.zh,
  cancelled: glossary.exportCancelled.zh,
};

export const wrongState = ({ state }: Pick<ExportRecord, 'state'>): Result<never> =>
  fail('publishing.wrongState', { state: STATE_WORDS[state] });

/** By which a receipt finds the photo of a name again. */
export const exportNameHash = (vault: Vault, name: string): string =>
  vault.pseudonym(exportNameKey(name), 'exportName');

/** Failure: `request.notFound`. */
export async function viewOfExport(
  environment: Needs,
  exportId: string,
): Promise<Result<ExportBatchView>> {
  const batch = await environment.storage.publishing.find(exportId);
  if (!batch) return fail('request.notFound');
  const [view] = await viewsOf(environment, [batch]);
  return view ? ok(view) : fail('request.notFound');
}

async function viewsOf(
  { storage, vault }: Needs,
  batches: readonly ExportView[],
): Promise<ExportBatch[]> {
  const counts = await storage.publishing.itemCounts(batches.map(({ id }) => id));
  return batches.map((batch) => {
    const of = (state: ExportItemState) =>
      counts.find((row) => row.exportId === batch.id && row.state === state)?.count ?? 0;
    return viewOf(vault, batch, of);
  });
}

const iso = (at: Date | null) => at?.toISOString();

function viewOf(
  vault: Vault,
  batch: ExportView,
  of: (state: ExportItemState) => number,
): ExportBatch {
  const { approvedSince, madeAt, downloadedAt, filesUntil } = batch;
  const working = batch.state === 'making' || batch.state === 'cancelling';
  return {
    exportId: batch.id,
    number: batch.number,
    school: batch.school,
    ...(batch.batchName ? { batchName: batch.batchName } : {}),
    ...(batch.level ? { level: batch.level } : {}),
    ...(approvedSince ? { approvedSince: approvedSince.toISOString() } : {}),
    naming: batch.naming,
    state: batch.state,
    again: batch.again,
    note: openNote(vault, batch.id, batch.noteSealed),
    askedBy: batch.askedByName,
    askedById: batch.askedBy,
    askedAt: batch.askedAt.toISOString(),
    ...(batch.approvedByName ? { approvedBy: batch.approvedByName } : {}),
    ...(madeAt ? { madeAt: madeAt.toISOString() } : {}),
    ...(downloadedAt ? { downloadedAt: downloadedAt.toISOString() } : {}),
    ...(filesUntil ? { filesUntil: filesUntil.toISOString() } : {}),
    counts: {
      total: batch.total,
      publishing: of('publishing'),
      accepted: of('accepted'),
      refused: of('refused'),
      dropped: of('dropped'),
    },
    progress: working ? Math.min(1, batch.done / Math.max(1, 2 * batch.total)) : 1,
    trouble: batch.trouble,
  };
}

const MAX_ACTS = 200;

export type ExportLooks = {
  list(page: number, pageSize: number): Promise<RouteOutput<'listExports'>>;
  /** Failure: `request.notFound`. */
  detail(exportId: string): Promise<Result<RouteOutput<'getExport'>>>;
  /** People of a batch; written down with their number. Failure: `request.notFound`. */
  items(
    caller: StaffCaller,
    wanted: {
      readonly exportId: string;
      readonly state?: ExportItemState | undefined;
      readonly page: number;
      readonly pageSize: number;
    },
  ): Promise<Result<RouteOutput<'listExportItems'>>>;
};

export function createExportLooks(environment: Needs & { readonly clock: Clock }): ExportLooks {
  const { publishing } = environment.storage;
  return {
    async list(page, pageSize) {
      const batches = await publishing.list((page - 1) * pageSize, pageSize);
      return {
        exports: await viewsOf(environment, batches),
        total: await publishing.count(),
        asked: await publishing.count('asked'),
        unexported: await publishing.countUnexported(),
      };
    },
    async detail(exportId) {
      const batch = await viewOfExport(environment, exportId);
      if (!batch.ok) return batch;
      return ok({
        batch: batch.value,
        files: (await publishing.files(exportId)).map(({ name, bytes, sha256, photos, gone }) => ({
          ...{ name, bytes, sha256, photos, gone },
        })),
        receipts: (await publishing.receipts(exportId)).map((receipt) => ({
          receivedAt: receipt.receivedAt.toISOString(),
          importedAt: receipt.importedAt.toISOString(),
          by: receipt.name ?? '',
          ...{ rows: receipt.rows, applied: receipt.applied },
        })),
        acts: (await publishing.acts(exportId, MAX_ACTS)).map(({ at, name, act, count, note }) => ({
          ...{ at: at.toISOString(), by: name ?? '', act, count, note },
        })),
      });
    },
    items: (caller, wanted) => items(environment, caller, wanted),
  };
}

async function items(
  { storage, vault, clock }: Needs & { readonly clock: Clock },
  { staffId }: StaffCaller,
  { exportId, state, page, pageSize }: Parameters<ExportLooks['items']>[1],
): Promise<Result<RouteOutput<'listExportItems'>>> {
  const { publishing } = storage;
  if (!(await publishing.find(exportId))) return fail('request.notFound');
  const found = await publishing.shownItems(exportId, state, (page - 1) * pageSize, pageSize);
  const counts = await publishing.itemCounts([exportId]);
  const count = found.length;
  await publishing.addAct({ exportId, at: clock(), staffId, act: 'look', count, note: '' });
  return ok({
    items: found.map((item) => {
      const { position, orderId, orderNo, maskedName, part, outcomeAt, reasonSealed } = item;
      const reason = reasonSealed ? openReason(vault, item, reasonSealed) : '';
      return {
        ...{ position, orderId, orderNo, maskedName, state: item.state },
        ...(part ? { part } : {}),
        ...(outcomeAt ? { outcomeAt: iso(outcomeAt) } : {}),
        ...(reason ? { reason } : {}),
      };
    }),
    total: counts
      .filter((row) => !state || row.state === state)
      .reduce((sum, row) => sum + row.count, 0),
  });
}
