import type { RouteOutput } from '@gradshot/contract';
import { type Failure, isRetryable, ok, type Result } from '@gradshot/domain';
import { type Clock, every } from '../ground/clock.ts';
import type { Log } from '../ground/core.ts';
import type { StationTiming } from '../ground/timing.ts';
import type { OfflineVisitRow } from '../store/offline-visit-table.ts';
import type { Store } from '../store/store.ts';
import { isDiskFull } from '../store/store-failure.ts';
import { pause } from '../sync/back-off.ts';
import type { ServerLink } from '../sync/server-link.ts';
import { giveToOrder, refuseVisit } from './visit-settling.ts';

export type VisitConfirming = {
  /** There may be something to ask the server. */
  nudge(): void;
  /** Asks about one visit now; what the server refuses is told. */
  confirm(visitId: string): Promise<Result<null>>;
  stop(): Promise<void>;
};

export type VisitConfirmingOptions = {
  readonly store: Store;
  readonly link: ServerLink;
  readonly online: () => boolean;
  readonly clock: Clock;
  readonly timing: StationTiming;
  readonly random: () => number;
  readonly log: Log;
  /** A visit has become an order's, or a conflict. */
  readonly onSettled: () => void;
};

/** Asks the server about every visit that was begun without it, one after the other, oldest first. */
export function createVisitConfirming(options: VisitConfirmingOptions): VisitConfirming {
  const { store, clock, timing } = options;
  let running: Promise<void> | undefined;
  let stopped = false;

  const askAll = async () => {
    for (;;) {
      const visit = stopped || !options.online() ? undefined : store.offlineVisits.due(clock.now());
      if (!visit) return;
      const told = await ask(options, visit);
      options.onSettled();
      if (!told.ok && told.error.code.startsWith('network.')) return;
    }
  };
  const nudge = () => {
    if (stopped || !options.online()) return;
    running ??= askAll()
      .catch((error: Error) =>
        options.log('error', 'Confirming an offline visit failed', { error: error.message }),
      )
      .finally(() => {
        running = undefined;
      });
  };
  const stopLooking = every(clock, () => timing.probeMs, nudge);
  return {
    nudge,
    async confirm(visitId) {
      await running;
      const visit = store.offlineVisits.find(visitId);
      const told = visit ? await ask(options, visit) : ok(null);
      options.onSettled();
      return told;
    },
    async stop() {
      stopped = true;
      stopLooking();
      await running;
    },
  };
}

async function ask(options: VisitConfirmingOptions, row: OfflineVisitRow): Promise<Result<null>> {
  const { store, link, clock } = options;
  const photoId = store.photos.newest(row.visitId)?.shot.photoId;
  // Damaged: the next start reads it from the label of its photo.
  if (!row.visit || photoId === undefined) {
    postpone(options, row, { code: 'server.internal' });
    return ok(null);
  }
  const { visitId } = row;
  const body = { ...row.visit, photoId };
  const told = await link.asStation((client) =>
    client.call('confirmOfflineVisit', { params: { visitId }, body }),
  );
  try {
    const settled = told.ok ? await settle(store, clock, visitId, told.value) : told;
    if (!settled.ok) hearRefusal(options, row, settled.error);
    return settled;
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    postpone(options, row, { code: 'station.diskFull' });
    return { ok: false, error: { code: 'station.diskFull' } };
  }
}

async function settle(
  store: Store,
  clock: Clock,
  visitId: string,
  confirmed: RouteOutput<'confirmOfflineVisit'>,
): Promise<Result<null>> {
  if (confirmed.standing === 'takes') return giveToOrder(store, clock, visitId, confirmed);
  store.offlineVisits.unpaid(visitId, confirmed.order.orderId);
  return ok(null);
}

/** Who could not be asked, or had no time, is asked again; every other answer is about this visit. */
function hearRefusal(options: VisitConfirmingOptions, row: OfflineVisitRow, failure: Failure) {
  const { code } = failure;
  options.log('warn', 'An offline visit was not confirmed', { failure: code });
  const passes = code.startsWith('network.') || isRetryable(code) || STATION_WIDE.includes(code);
  if (passes) postpone(options, row, failure);
  else refuseVisit(options.store, row.visitId, failure);
}

/** Failures of the station, not of a visit. */
const STATION_WIDE: readonly string[] = ['station.notEnrolled', 'auth.required'];

function postpone(
  { store, clock, timing, random }: VisitConfirmingOptions,
  { visitId, attempts }: OfflineVisitRow,
  { details }: Failure,
): void {
  const asked = Number(details?.seconds ?? 0) * 1000 + Number(details?.minutes ?? 0) * 60_000;
  const wait = Math.max(asked, pause(attempts, timing, random));
  store.offlineVisits.retryAt(visitId, Math.ceil(clock.now() + wait));
}
