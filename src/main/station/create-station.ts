import { randomUUID } from 'node:crypto';
import { createClient, type StationSettings } from '@gradshot/contract';
import { isRetryable, type Language } from '@gradshot/domain';
import type { SessionStep, StationSnapshot } from '../../shared/index.ts';
import type { Station, StationOptions } from './api.ts';
import { type Clock, every, systemClock, timestamp } from './clock.ts';
import { createCameraReports } from './devices/camera.ts';
import { usbPresence } from './devices/usb-devices.ts';
import { diagnosticsFile } from './diagnostics/diagnostics-file.ts';
import { type Findings, runSelfTests } from './diagnostics/self-tests.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createHandlers } from './handlers.ts';
import { createStationImaging } from './imaging/standardizer.ts';
import { presentState } from './session/order-place.ts';
import { createVisit } from './session/visit.ts';
import { createSnapshotFeed } from './snapshot-feed.ts';
import { type EnrolmentOptions, enrolAtStart, enrolByStaff } from './staff/enrolment.ts';
import { createStaffLock } from './staff/staff-lock.ts';
import { createDeliverySource, finishDelivery, keepChanges } from './store/delivery-book.ts';
import type { OrderChange } from './store/order-table.ts';
import type { Delivery } from './store/outbox.ts';
import { createPhotoLedger } from './store/photo-ledger.ts';
import { sweepPictures } from './store/retention.ts';
import { closeStore, openStore, type Store } from './store/store.ts';
import { createConnection } from './sync/connection.ts';
import { createGraduateDesk } from './sync/graduate-desk.ts';
import { createOutboxRunner } from './sync/outbox-runner.ts';
import { type Connect, createServerLink } from './sync/server-link.ts';
import { createSync } from './sync/sync.ts';
import { DEFAULT_TIMING, type StationTiming } from './timing.ts';

/** What tests put in place of the real world. */
export type World = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly connect: Connect;
};

/** Opens the station. Throws `StationStartError` when its data cannot be used. */
export async function createStation(
  options: StationOptions,
  world: Partial<World> = {},
): Promise<Station> {
  const clock = world.clock ?? systemClock;
  const faults = options.allowFaults ? createFaults(clock) : undefined;
  const store = await openStore({
    dataDir: options.dataDir,
    key: options.key,
    clock,
    ...(faults ? { wrapPictures: faults.wrapStore } : {}),
  });
  store.outbox.reopenAtStart((code) => isRetryable(code as Parameters<typeof isRetryable>[0]));
  return assemble({
    options,
    store,
    faults,
    clock,
    timing: { ...DEFAULT_TIMING, ...options.timing },
    random: world.random ?? Math.random,
    connect: world.connect ?? connector(options, faults),
  });
}

function connector(options: StationOptions, faults: Faults | undefined): Connect {
  const plain = options.fetch ?? globalThis.fetch;
  const fetch = faults ? faults.wrapFetch(plain) : plain;
  return (baseUrl, authorization) =>
    createClient({ baseUrl, fetch, ...(authorization ? { authorization } : {}) });
}

type Core = {
  readonly options: StationOptions;
  readonly store: Store;
  readonly faults: Faults | undefined;
  readonly clock: Clock;
  readonly timing: StationTiming;
  readonly random: () => number;
  readonly connect: Connect;
};

/** The last page, and the one with the payment code, wait for the server's word. */
const WATCHED: readonly SessionStep[] = ['submitted', 'payment'];

function assemble(core: Core): Station {
  const { options, store, faults, clock, timing, random } = core;
  const { log } = options;
  let language: Language = 'zh';
  let serverSettings = store.settings.get('serverSettings');

  const connection = createConnection((online) => {
    log('info', online ? 'The server answers' : 'The server cannot be reached');
    if (online) {
      store.outbox.dueNow();
      sync.refresh();
    }
    feed.changed();
  });
  const link = createServerLink(store.settings, connection, core.connect);
  const imaging = createStationImaging(
    faults ? Promise.resolve(options.imaging).then(faults.wrapEngine) : options.imaging,
    () => feed.changed(),
  );
  const ledger = createPhotoLedger({
    ...store,
    diskReserveBytes: timing.diskReserveBytes,
    onQueued: () => {
      runner.nudge();
      feed.changed();
    },
  });
  const visit = createVisit({
    ports: { desk: createGraduateDesk(link), ledger, standardizer: imaging },
    clock,
    timing,
    newId: randomUUID,
    onChange: () => feed.changed(),
    onEnd: () => {
      language = 'zh';
    },
  });
  const tell = (change: OrderChange) => {
    const state = presentState(change.state, ledger.current(change.orderId));
    const { orderId, reasons, at, promisedAt } = change;
    visit.orderChanged({ orderId, state, reasons, at, ...(promisedAt ? { promisedAt } : {}) });
  };
  const runner = createOutboxRunner({
    ...{ outbox: store.outbox, link, clock, timing, random, log },
    source: createDeliverySource(store),
    online: connection.online,
    finish: (delivery: Delivery, change) => {
      finishDelivery(store, delivery, change);
      if (change) tell(change);
    },
    onChange: ({ photoId }) => {
      visit.deliveryChanged(photoId, store.outbox.delivery(photoId));
      feed.changed();
    },
  });
  const status = async () => ({
    version: options.version,
    counts: store.outbox.counts(),
    freeBytes: await store.vault.freeBytes(),
    ...providerOf(imaging.health().provider),
  });
  const onSettings = (settings: StationSettings) => {
    serverSettings = settings;
    store.settings.set('serverSettings', settings);
    feed.changed();
  };
  const sync = createSync({
    ...{ link, connection, runner, clock, timing, random, log, status, onSettings },
    pull: {
      checkpoint: () => store.orders.checkpoint(),
      keep: (changes, checkpoint) => keepChanges(store, changes, checkpoint),
      onChange: tell,
    },
    isWatched: () => WATCHED.includes(visit.state().view.step),
    onSynced: () => feed.changed(),
  });
  const lock = createStaffLock({
    ...{ settings: store.settings, events: store.events, clock },
    idleMs: timing.staffIdleMs,
    onChange: () => feed.changed(),
  });
  const enrolment: EnrolmentOptions = {
    ...{ settings: store.settings, outbox: store.outbox, events: store.events },
    ...{ link, connection, connect: core.connect, clock, timing, random, log },
    staffUnlocked: lock.unlocked,
    onEnrolled: () => {
      sync.refresh();
      feed.changed();
    },
  };
  const camera = createCameraReports(clock, store.events);
  const diagnose = async () => {
    const reached = await link.asStation((client) => client.call('getStationSettings'));
    const findings: Findings = {
      database: String(store.database.pragma('quick_check(1)', { simple: true })),
      freeBytes: await store.vault.freeBytes(),
      diskReserveBytes: timing.diskReserveBytes,
      keyOpens: store.settings.installationId() !== '',
      imaging: imaging.health(),
      models: Object.keys(imaging.models()).length,
      enrolled: link.enrolment() !== undefined,
      serverReached: reached.ok,
      clockSkewMs: sync.clockSkewMs(),
      camera: camera.last(),
      usb: await usbPresence(),
      outbox: store.outbox.counts(),
    };
    return runSelfTests(findings);
  };
  const feed = createSnapshotFeed(build);
  const handlers = createHandlers({
    ...{ visit, imaging, camera, store, link, runner, lock, faults, diagnose },
    snapshot: () => feed.snapshot(),
    changed: () => feed.changed(),
    setLanguage: (chosen) => {
      language = chosen;
      feed.changed();
    },
    enrol: (request) => enrolByStaff(enrolment, request),
    exportDiagnostics: async () =>
      diagnosticsFile({
        at: timestamp(clock),
        version: options.version,
        platform: `${process.platform} ${process.arch}`,
        lines: await diagnose(),
        events: store.events.latest(500),
      }),
  });
  const sweep = () =>
    void sweepPictures({ ...store, clock, timing }).catch((error: Error) =>
      log('error', 'Deleting old pictures failed', { error: error.message }),
    );
  const stopSweeping = every(clock, () => timing.retentionSweepMs, sweep);
  const stopEnrolling = options.enrol ? enrolAtStart(enrolment, options.enrol) : () => {};

  return {
    handlers,
    snapshot: () => feed.snapshot(),
    subscribe: feed.subscribe,
    async close() {
      stopEnrolling();
      stopSweeping();
      lock.close();
      await visit.close();
      await sync.stop();
      await closeStore(store);
    },
  };

  function build(): Omit<StationSnapshot, 'revision'> {
    const state = visit.state();
    const { waiting, parked } = store.outbox.counts();
    const present = link.enrolment();
    const lastSyncAt = sync.lastSyncAt();
    const idleSecondsLeft = visit.idleSecondsLeft();
    const name = serverSettings?.stationName ?? present?.name;
    const school = serverSettings?.school ?? present?.school;
    return {
      language,
      station: {
        enrolled: present !== undefined,
        ...(name ? { name } : {}),
        ...(school ? { school } : {}),
        sample: serverSettings?.sample ?? false,
        version: options.version,
        staffUnlocked: lock.unlocked(),
      },
      connection: {
        online: connection.online(),
        outbox: waiting - parked,
        parked,
        ...(lastSyncAt ? { lastSyncAt } : {}),
      },
      imaging: imaging.health(),
      ...(serverSettings ? { customerService: serverSettings.customerService } : {}),
      session: state.view,
      busy: state.running !== undefined && state.running.kind !== 'standardize',
      ...(state.failure ? { failure: state.failure } : {}),
      ...(idleSecondsLeft === undefined ? {} : { idleSecondsLeft }),
    };
  }
}

function providerOf(provider: string | undefined): { provider?: string } {
  return provider ? { provider } : {};
}
