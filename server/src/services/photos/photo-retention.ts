import type { Clock } from '../../ports/ground/clock.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { OrderRecord, OrderRows } from '../../ports/order-life/order-repository.ts';
import type { PhotoObjects } from '../../ports/photos/photo-objects.ts';
import type { PhotoRows } from '../../ports/photos/photo-repository.ts';
import type {
  ErasureRule,
  Retention,
  RetentionLimits,
  RetentionRows,
} from '../../ports/photos/retention.ts';

type Rows = OrderRows & PhotoRows & RetentionRows;
type Needs = Stored<Rows> & {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly objects: PhotoObjects;
  readonly retention: Retention;
};

const DAY_MS = 24 * 60 * 60_000;
/**
 * Periods count in days: where nothing is left to do, the next look is so much later. Looking at
 * every object of 50,000 photos takes the embedded database 0.25 s, in which it answers nobody.
 */
const PAUSE_MS = 60 * 60_000;
/** Each order is a short transaction of its own, so that requests come between them. */
const ORDERS_A_ROUND = 100;
/** Removed while their rows are held; the embedded database answers nobody meanwhile. */
const OBJECTS_AT_ONCE = 25;
const OBJECT_TURNS_A_ROUND = 20;

export type PhotoRetention = {
  /** Erases photos whose time is over, so many at most; returns how many. Repeating is harmless. */
  eraseDue(): Promise<number>;
  /** Removes objects that were announced before and that nothing uses; returns how many. */
  removeUnusedObjects(before: Date): Promise<number>;
};

export function createPhotoRetention(environment: Needs): PhotoRetention {
  let pausedUntil = 0;
  let sweepPausedUntil = 0;
  return {
    async eraseDue() {
      const now = environment.clock();
      if (now.getTime() < pausedUntil) return 0;
      const limits = limitsAt(environment.retention, now);
      const orders = await environment.storage.retention.ordersDue(limits, ORDERS_A_ROUND);
      let erased = 0;
      for (const orderId of orders) erased += await eraseOf(environment, limits, orderId);
      if (erased > 0) sweepPausedUntil = 0;
      if (orders.length < ORDERS_A_ROUND) pausedUntil = now.getTime() + PAUSE_MS;
      return erased;
    },
    async removeUnusedObjects(before) {
      const now = environment.clock().getTime();
      if (now < sweepPausedUntil) return 0;
      let removed = 0;
      for (let turn = 0; turn < OBJECT_TURNS_A_ROUND; turn += 1) {
        const count = await removeSome(environment, before);
        removed += count;
        if (count === OBJECTS_AT_ONCE) continue;
        sweepPausedUntil = now + PAUSE_MS;
        break;
      }
      return removed;
    },
  };
}

function limitsAt({ endedDays, discardedDays }: Retention, now: Date): RetentionLimits {
  return {
    endedBefore: new Date(now.getTime() - endedDays * DAY_MS),
    discardedBefore: new Date(now.getTime() - discardedDays * DAY_MS),
  };
}

/** Until when the photo of an order that has come to its end is kept. */
export function keptUntil({ endedDays }: Retention, order: Pick<OrderRecord, 'updatedAt'>): Date {
  return new Date(order.updatedAt.getTime() + endedDays * DAY_MS);
}

/** What is due is asked again under the order's lock: it may have gone on since. */
async function eraseOf(
  { storage, clock, log }: Needs,
  limits: RetentionLimits,
  orderId: string,
): Promise<number> {
  const counts = await storage.transaction(async (repositories) => {
    await repositories.orders.lock(orderId);
    return erase(repositories, limits, { orderId, at: clock() });
  });
  for (const [rule, photos] of counts) log.info({ orderId, rule, photos }, 'photos erased');
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

async function erase(
  { retention }: Rows,
  limits: RetentionLimits,
  { orderId, at }: { readonly orderId: string; readonly at: Date },
): Promise<ReadonlyMap<ErasureRule, number>> {
  const counts = new Map<ErasureRule, number>();
  const due = await retention.photosDue(limits, orderId);
  if (due.length === 0) return counts;
  for (const { rule } of due) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  await retention.erase(
    due.map(({ photoId }) => photoId),
    at,
  );
  for (const [rule, photos] of counts) await retention.addErasure({ at, orderId, rule, photos });
  return counts;
}

/**
 * The files go before the rows' deletion is committed: after a crash the rows still name them. An
 * upload of the same bytes waits for the rows, and stores the object anew.
 */
function removeSome({ storage, objects }: Needs, before: Date): Promise<number> {
  return storage.transaction(async ({ photos }) => {
    const unused = await photos.forgetUnusedObjects(before, OBJECTS_AT_ONCE);
    for (const sha256 of unused) await objects.remove(sha256);
    return unused.length;
  });
}
