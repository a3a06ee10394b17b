import type { StationSettings } from '@gradshot/contract';
import type { SessionStep } from '../../../shared/index.ts';
import type { Core, Log } from '../ground/core.ts';
import { localView } from '../session/order-place.ts';
import type { Visit } from '../session/visit.ts';
import { createDeliverySource, finishDelivery, keepChanges } from '../store/delivery-book.ts';
import type { OrderChange } from '../store/order-table.ts';
import { localPhoto } from '../store/photo-ledger.ts';
import type { Settings } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { type Connection, createConnection } from './connection.ts';
import { entrustKey } from './key-registration.ts';
import { createOutboxRunner, type OutboxRunner } from './outbox-runner.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';
import { type Connect, createServerLink, type ServerLink } from './server-link.ts';
import { createSync, type Sync } from './sync.ts';

/** The last page, and the one with the payment code, wait for the server's word. */
const WATCHED: readonly SessionStep[] = ['handedIn', 'payment'];

export type ServerReach = {
  readonly connection: Connection;
  readonly link: ServerLink;
  readonly clock: ServerClock;
};

/** The way to the server; usable before anything runs on it. */
export function reachServer(core: Core, settings: Settings, connect: Connect): ServerReach {
  const { events, log } = core;
  const connection = createConnection((online) => {
    log('info', online ? 'The server answers' : 'The server cannot be reached');
    if (online) attempt(log, () => events.emit('serverBack'));
    events.emit('changed');
  });
  const link = createServerLink(settings, connection, connect);
  return { connection, link, clock: createServerClock(core.clock) };
}

/** Whoever made the call that found the server must not suffer from what follows. */
function attempt(log: Log, action: () => void): void {
  try {
    action();
  } catch (error) {
    log('error', 'Going on with the server failed', { error: String(error) });
  }
}

export type ServerSide = {
  readonly runner: OutboxRunner;
  readonly sync: Sync;
  /** As the server last told. */
  settings(): StationSettings | undefined;
};

export type ServerSideOptions = {
  readonly reach: ServerReach;
  readonly core: Core;
  readonly store: Store;
  readonly visit: Visit;
  readonly provider: () => string | undefined;
  /** See `SyncOptions`. */
  readonly onServerTime: (serverNow: number) => void;
  readonly onSettings: (told: StationSettings) => void;
  /** The server has told of an order. */
  readonly onOrder: (orderId: string) => void;
};

/** Delivery and synchronisation at work, telling the visit what they learn. */
export function serveSync(options: ServerSideOptions): ServerSide {
  const { core, store, visit } = options;
  const { connection, link, clock: serverClock } = options.reach;
  const { clock, timing, random, events, log } = core;
  const changed = () => events.emit('changed');
  const tell = (change: OrderChange) => {
    visit.orderChanged(newsOf(store, change));
    events.emit('orderChanged', change);
  };

  const runner = createOutboxRunner({
    ...{ outbox: store.outbox, link, clock, timing, random, log },
    source: createDeliverySource(store, serverClock.skewMs),
    online: connection.online,
    finish: (delivery, change) => {
      finishDelivery(store, delivery, change, clock);
      if (change) tell(change);
    },
    onChange: ({ photoId }) => {
      visit.deliveryChanged(photoId, store.outbox.delivery(photoId));
      changed();
    },
  });
  let settings = store.settings.get('serverSettings');
  const keep = (told: StationSettings) => {
    settings = told;
    store.settings.set('serverSettings', told);
    changed();
  };
  const sync = createSync({
    ...{ link, connection, runner, clock, serverClock, timing, random, log },
    pull: {
      checkpoint: () => store.orders.checkpoint(),
      keep: (changes, checkpoint) => keepChanges(store, changes, checkpoint),
      onChange: (change) => {
        tell(change);
        options.onOrder(change.orderId);
      },
    },
    onServerTime: options.onServerTime,
    isWatched: () => WATCHED.includes(visit.state().view.step),
    status: () => statusOf(core.version, store, options.provider()),
    onSettings: async (told) => {
      keep(told);
      options.onSettings(told);
      const entrusted = await entrustKey({ store, link, log }, told);
      if (entrusted) keep(entrusted);
    },
    onSynced: changed,
    onClockSetBack: () =>
      attempt(log, () => {
        store.outbox.dueNow();
        runner.nudge();
      }),
  });
  events.on('queued', runner.nudge);
  events.on('serverBack', () => {
    store.outbox.dueNow();
    sync.refresh();
  });
  return { runner, sync, settings: () => settings };
}

function newsOf(store: Store, change: OrderChange): Parameters<Visit['orderChanged']>[0] {
  const { orderId, state, reasons, at, promisedAt, photoId } = change;
  const local = localView(localPhoto(store.photos.newest(orderId)), store.outbox.delivery);
  return {
    ...{ orderId, state, reasons, at },
    ...(local ? { local } : {}),
    ...(promisedAt ? { promisedAt } : {}),
    ...(photoId ? { photoId } : {}),
  };
}

async function statusOf(version: string, store: Store, provider: string | undefined) {
  return {
    version,
    counts: store.outbox.counts(),
    freeBytes: await store.vault.freeBytes(),
    ...(provider ? { provider } : {}),
  };
}
