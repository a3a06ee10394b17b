import { randomUUID } from 'node:crypto';
import type { StationSettings } from '@gradshot/contract';
import { normaliseLastFour, type OfflineDiscardCause, type Result } from '@gradshot/domain';
import type { CommandResponse, OfflineView, OfflineVisitView } from '../../../shared/index.ts';
import { every } from '../ground/clock.ts';
import type { Core } from '../ground/core.ts';
import type { OfflineDesk } from '../session/ports.ts';
import type { OfflineVisitRow } from '../store/offline-visit-table.ts';
import type { Store } from '../store/store.ts';
import { storing, unlessFull } from '../store/store-failure.ts';
import type { ServerReach } from '../sync/server-side.ts';
import { createOfflineDesk } from './offline-desk.ts';
import { createRosterBook } from './roster-book.ts';
import { followRoster } from './roster-sync.ts';
import { createVisitConfirming } from './visit-confirming.ts';
import { visitNumber } from './visit-number.ts';
import { discardVisit, reopenVisit } from './visit-settling.ts';

/** 离线采集 of the station: its roster, the desk that begins visits by it, and what becomes of them. */
export type OfflineCollection = {
  readonly desk: OfflineDesk;
  /** New graduates can start without the server. */
  ready(): boolean;
  view(): OfflineView;
  search(text: string): CommandResponse<'staff.offlineSearch'>;
  confirm(id: string, payload: string, lastFour: string): Promise<Result<null>>;
  discard(id: string, cause: OfflineDiscardCause): Promise<Result<null>>;
  /** To be called with every word of the server about them. */
  heardSettings(told: StationSettings): void;
  heardOrder(orderId: string): void;
  /** The station may belong to another school now. */
  enrolled(): void;
  stop(): Promise<void>;
};

/** As online: more are not told. */
const MAX_ANSWERS = 20;
/** More than anybody settles at once, less than what makes a snapshot heavy. */
const MAX_TOLD = 100;
const HOUR_MS = 3_600_000;

export function createOfflineCollection(
  core: Core,
  store: Store,
  reach: ServerReach,
): OfflineCollection {
  const { clock, timing, random, events, log } = core;
  const { offlineRoster: table, offlineVisits: visits } = store;
  const onChange = () => {
    events.emit('changed');
  };
  const book = createRosterBook({ table, settings: store.settings, clock, onChange });
  const confirming = createVisitConfirming({
    ...{ store, link: reach.link, online: reach.connection.online, clock, timing, random, log },
    onSettled: () => {
      events.emit('queued');
      onChange();
    },
  });
  // Nobody stands before the screen yet: what came to no photo by now never will.
  unlessFull(log, () => {
    visits.dropIdle();
    visits.askAgain();
  });
  const dropOld = () => unlessFull(log, () => book.head() === undefined && book.drop());
  dropOld();
  const stopAgeing = every(clock, () => HOUR_MS, dropOld);
  events.on('queued', confirming.nudge);
  events.on('serverBack', () => {
    visits.dueNow();
    confirming.nudge();
  });
  const following = follower((told) =>
    storing(() => followRoster({ book, table, link: reach.link }, told)),
  );
  return {
    desk: createOfflineDesk({
      ...{ book, tries: table, visits, orders: store.orders, clock, newId: randomUUID },
    }),
    ready: () => book.head() !== undefined,
    view() {
      const head = book.head();
      const roster = head && { people: head.people, ageDays: book.ageDays() };
      const { all, conflicts } = visits.countHandedIn();
      const told = visits.handedIn(MAX_TOLD).map(visitView);
      return { ...(roster ? { roster } : {}), visits: told, more: all - told.length, conflicts };
    },
    search(text) {
      const found = book.search(text);
      const people = found.slice(0, MAX_ANSWERS).map((person) => {
        const { entryId, maskedName, studentNumberEnd, college, className } = person;
        return {
          ...{ entryId, maskedName, studentNumberEnd },
          ...(college ? { college } : {}),
          ...(className ? { className } : {}),
        };
      });
      store.events.note('offline.searched', { found: found.length });
      return { people, more: found.length > MAX_ANSWERS };
    },
    async confirm(id, payload, typed) {
      const lastFour = normaliseLastFour(typed);
      if (!lastFour.ok) return lastFour;
      const shown = { code: { payload }, lastFour: lastFour.value };
      const reopened = await storing(() => reopenVisit(store, clock, id, shown));
      return reopened.ok ? confirming.confirm(id) : reopened;
    },
    async discard(id, cause) {
      const discarded = await storing(() => discardVisit(store, id, cause));
      onChange();
      return discarded;
    },
    heardSettings: (told) =>
      void following(told).catch((error: Error) =>
        log('error', 'The roster could not be fetched', { error: error.message }),
      ),
    heardOrder(orderId) {
      const row = visits.ofOrder(orderId);
      if (row?.state !== 'unpaid') return;
      visits.askAgain(row.visitId);
      confirming.nudge();
    },
    enrolled: () => unlessFull(log, () => book.belongsTo(reach.link.enrolment())),
    async stop() {
      stopAgeing();
      await Promise.all([confirming.stop(), following.idle()]);
    },
  };
}

/** One roster at a time; what is told meanwhile is told again. */
function follower(work: (told: StationSettings) => Promise<Result<unknown>>) {
  let running: Promise<Result<unknown>> | undefined;
  const run = (told: StationSettings): Promise<Result<unknown>> => {
    running ??= work(told).finally(() => {
      running = undefined;
    });
    return running;
  };
  const idle = async () => {
    await running?.catch(() => undefined);
  };
  return Object.assign(run, { idle });
}

function visitView(row: OfflineVisitRow): OfflineVisitView {
  const { visitId: id, state, failure, visit } = row;
  return {
    ...{ id, number: visitNumber(id), state: state === 'open' ? 'waiting' : state },
    ...(visit ? { maskedName: visit.maskedName } : {}),
    since: new Date(row.createdAt).toISOString(),
    ...(failure ? { failure } : {}),
  };
}
