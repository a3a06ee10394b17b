import type { Result } from '@gradshot/domain';
import type { OrderChange } from '../store/order-table.ts';
import type { ServerLink } from './server-link.ts';

const PAGE = 200;

export type PullOptions = {
  readonly link: ServerLink;
  readonly checkpoint: () => number;
  /** Records the changes and the checkpoint in one transaction. */
  readonly keep: (changes: readonly OrderChange[], checkpoint: number) => void;
  readonly onChange: (change: OrderChange) => void;
};

/** Fetches every change since the checkpoint, page by page; a page that was kept stays kept. */
export async function pullChanges(options: PullOptions): Promise<Result<unknown>> {
  for (;;) {
    const page = await options.link.asStation((client) =>
      client.call('pullChanges', { query: { after: options.checkpoint(), limit: PAGE } }),
    );
    if (!page.ok) return page;
    const { changes, checkpoint, more } = page.value;
    options.keep(changes, checkpoint);
    for (const change of latestByOrder(changes)) options.onChange(change);
    if (!more || changes.length === 0) return page;
  }
}

/** A screen need not run through states that are history. */
function latestByOrder(changes: readonly OrderChange[]): Iterable<OrderChange> {
  return new Map(changes.map((change) => [change.orderId, change])).values();
}
