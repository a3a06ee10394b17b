import type { RefusalReason } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { PublishingQueue } from '../../ports/ground/job-queue.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  ExportItem,
  ImageCheckRows,
  PublishingRows,
  ReceiptRow,
} from '../../ports/publishing/publishing-repository.ts';
import { applyOrderEvent, type OrderChangeRows } from '../order-life/order-events.ts';
import { openReason } from './export-facts.ts';
import { newImageCheck } from './image-checks.ts';

type Rows = ImageCheckRows & OrderChangeRows & PublishingRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly jobs: PublishingQueue;
};

/** Orders of one transaction, as when a batch is made. */
const ROWS_AT_ONCE = 20;

export type ReceiptApplying = {
  /** Carries out what receipts of a batch say and was not carried out yet. Repeating is harmless. */
  run(exportId: string): Promise<void>;
  /** Batches whose job was lost. */
  queueAgain(limit: number): Promise<void>;
};

export function createReceiptApplying(environment: Needs): ReceiptApplying {
  const { storage, jobs } = environment;
  return {
    run: (exportId) => applyReceipts(environment, exportId),
    async queueAgain(limit) {
      for (const exportId of await storage.publishing.unapplied(limit))
        await jobs.publish(exportId);
    },
  };
}

async function applyReceipts(environment: Needs, exportId: string): Promise<void> {
  for (;;) {
    const left = await environment.storage.transaction(async (repositories) => {
      const rows = await repositories.publishing.openRows(exportId, ROWS_AT_ONCE);
      for (const row of rows) {
        await applyRow(environment, repositories, exportId, row);
        await repositories.publishing.markApplied(row.receiptId, row.position);
      }
      return rows.length > 0;
    });
    if (!left) return;
  }
}

type OpenRow = ReceiptRow & { readonly receivedAt: Date };

/** Under the order's lock; what an older receipt says of a photo that a newer one spoke of is nothing. */
async function applyRow(
  environment: Needs,
  repositories: Rows,
  exportId: string,
  row: OpenRow,
): Promise<void> {
  const { publishing, orders, imageChecks } = repositories;
  const found = await publishing.findItem(exportId, row.position);
  const order = found && (await orders.lock(found.orderId));
  // Read again: somebody may have held the order.
  const item = order && (await publishing.findItem(exportId, row.position));
  if (!order || !item || (item.outcomeAt && item.outcomeAt >= row.receivedAt)) return;
  if (order.photoId !== item.photoId) return;
  const reason = openReason(environment.vault, item, row.reasonSealed);
  const at = environment.clock();
  const moved = await applyOrderEvent(repositories, order, {
    event: row.accepted ? 'confirmPublished' : 'refusePublishing',
    ...{ actor: 'server', actorId: null, at, details: { exportId } },
    patch: { reasons: row.accepted ? [] : [refusal(reason)] },
  });
  if (!moved.ok) return;
  await publishing.updateItem(exportId, item.position, {
    state: row.accepted ? 'accepted' : 'refused',
    ...{ open: false, outcomeAt: row.receivedAt, reasonSealed: row.reasonSealed },
  } satisfies Partial<ExportItem>);
  if (row.accepted) await imageChecks.save(newImageCheck(order.id, at));
  else await imageChecks.drop(order.id);
}

/** In 学信网's own words, which nobody here translates. */
function refusal(reason: string): RefusalReason {
  return {
    code: 'publishing',
    zh: reason ? `学信网未接收照片：${reason}` : '学信网未接收照片',
    en: reason ? `CHSI did not take the photo: ${reason}` : 'CHSI did not take the photo',
  };
}
