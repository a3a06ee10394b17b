import type { OfflineVisit, RouteOutput } from '@gradshot/contract';
import { type Failure, fail, type OfflineDiscardCause, ok, type Result } from '@gradshot/domain';
import { type Clock, timestamp } from '../ground/clock.ts';
import { originalLabel, standardLabel } from '../store/photo-label.ts';
import { giveUp, replaceEarlier } from '../store/photo-ledger.ts';
import type { PhotoRow } from '../store/photo-table.ts';
import type { Store } from '../store/store.ts';
import { orderView, studentView } from '../sync/server-views.ts';

/** What the server's word, or that of staff, makes of a photo that was taken offline. */

type Confirmed = RouteOutput<'confirmOfflineVisit'>;

/**
 * The photo becomes that of the order, and goes the ordinary way from here on. Its labels say so first: after a crash
 * in between they count, and confirming once more changes nothing. Failure: `offline.photographed`
 * where a later shot of the order lies here.
 */
export function giveToOrder(
  store: Store,
  clock: Clock,
  visitId: string,
  confirmed: Confirmed,
): Promise<Result<null>> {
  return store.vault.exclusively(async () => {
    const photo = store.photos.newest(visitId);
    if (!photo) return ok(forget(store, visitId));
    const order = orderView(confirmed.order);
    const rival = store.photos.newest(order.orderId);
    if (rival && rival.sequence > photo.sequence) return fail('offline.photographed');
    const { orderId, orderNo } = order;
    await label(
      store,
      { ...photo, orderId },
      { at: timestamp(clock), orderNo, offline: undefined },
    );
    const dropped = store.database.transaction(() => {
      store.orders.remember(order, studentView(confirmed.student));
      const pictures = replaceEarlier(store, orderId);
      store.outbox.readdressAll(visitId, orderId);
      store.photos.readdress(visitId, orderId);
      forget(store, visitId);
      return pictures;
    })();
    await store.vault.dropUnused(dropped);
    return ok(null);
  });
}

/** Of earlier shots of the visit the rows went to the order too: nothing names the visit any more. */
function forget({ offlineVisits, orders }: Store, visitId: string): null {
  offlineVisits.remove(visitId);
  orders.remove(visitId);
  return null;
}

type LabelChange = {
  readonly at: string;
  readonly orderNo: string;
  readonly offline: OfflineVisit | undefined;
};

async function label({ vault }: Store, photo: PhotoRow, change: LabelChange): Promise<void> {
  const { standardSha256, report, onSite, originalSha256 } = photo;
  if (!standardSha256 || !report) return;
  const facts = { ...change, profileId: report.profile.id };
  const made = { standardSha256, report, onSite };
  await vault.mark(standardSha256, standardLabel(photo, made, { step: 'handedIn', ...facts }));
  await vault.mark(originalSha256, originalLabel(photo, { step: 'kept', ...facts }));
}

/** Another code and last four for a visit that the server has refused. Failure: `request.notFound`. */
export function reopenVisit(
  store: Store,
  clock: Clock,
  visitId: string,
  shown: Pick<OfflineVisit, 'code' | 'lastFour'>,
): Promise<Result<null>> {
  return store.vault.exclusively(async () => {
    const row = store.offlineVisits.find(visitId);
    const photo = store.photos.newest(visitId);
    if (row?.state !== 'conflict' || !row.visit || !photo) return fail('request.notFound');
    const visit = { ...row.visit, ...shown };
    const orderNo = store.orders.orderNo(visitId) ?? visitId;
    await label(store, photo, { at: timestamp(clock), orderNo, offline: visit });
    store.offlineVisits.save(visitId, visit);
    store.events.record('offline.confirmedAnew', { visitId });
    return ok(null);
  });
}

/** 舍弃: never of what the server may still confirm by itself. Failure: `request.notFound`. */
export function discardVisit(
  store: Store,
  visitId: string,
  cause: OfflineDiscardCause,
): Promise<Result<null>> {
  return store.vault.exclusively(async () => {
    const row = store.offlineVisits.find(visitId);
    if (!row || row.state === 'open') return fail('request.notFound');
    const photo = store.photos.newest(visitId);
    const dropped = store.database.transaction(() => {
      store.events.record('offline.discarded', { visitId, cause });
      store.offlineVisits.remove(visitId);
      store.orders.forgetStudent(visitId);
      return photo ? giveUp(store, photo) : [];
    })();
    await store.vault.dropUnused(dropped);
    return ok(null);
  });
}

export function refuseVisit({ offlineVisits, events }: Store, visitId: string, failure: Failure) {
  offlineVisits.refuse(visitId, failure);
  events.note('offline.refused', { visitId, failure: failure.code });
}
