import { randomUUID } from 'node:crypto';
import { createClient } from '@gradshot/contract';
import { isErrorCode, isRetryable } from '@gradshot/domain';
import type { Station, StationOptions } from './api.ts';
import { createCameraReports } from './devices/camera.ts';
import { createChosenCameras } from './devices/chosen-cameras.ts';
import { diagnose, exportDiagnostics } from './diagnostics/diagnose.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { type Clock, systemClock } from './ground/clock.ts';
import type { Core } from './ground/core.ts';
import { DEFAULT_TIMING } from './ground/timing.ts';
import { createHandlers } from './handlers.ts';
import { createStationImaging, type StationImaging } from './imaging/standardizer.ts';
import { createVisit, type Visit } from './session/visit.ts';
import { createSnapshotFeed } from './snapshot-feed.ts';
import { enrolAtStart, enrolByStaff } from './staff/enrolment.ts';
import { createStaffLock, type StaffLock } from './staff/staff-lock.ts';
import { stationSnapshot } from './station-snapshot.ts';
import { createPhotoLedger } from './store/photo-ledger.ts';
import { sweepPictures } from './store/retention.ts';
import { closeStore, openStore, type Store } from './store/store.ts';
import { createGraduateDesk } from './sync/graduate-desk.ts';
import type { Connect } from './sync/server-link.ts';
import { reachServer, type ServerReach, type ServerSide, serveSync } from './sync/server-side.ts';

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
  // Models may fail before the store is open; the failure is told once everything stands.
  Promise.resolve(options.imaging).catch(() => undefined);
  const clock = world.clock ?? systemClock;
  const faults = options.allowFaults ? createFaults(clock) : undefined;
  const store = await openStore({
    dataDir: options.dataDir,
    key: options.key,
    clock,
    ...(faults ? { wrapPictures: faults.wrapStore } : {}),
  });
  store.outbox.reopenAtStart((code) => isErrorCode(code) && isRetryable(code));
  const connect = world.connect ?? connector(options, faults);
  const given: Omit<Core, 'changed'> = {
    ...{ version: options.version, log: options.log, clock },
    timing: { ...DEFAULT_TIMING, ...options.timing },
    random: world.random ?? Math.random,
    language: { current: 'zh' },
  };
  return assemble(given, { options, store, faults, connect });
}

function connector(options: StationOptions, faults: Faults | undefined): Connect {
  const plain = options.fetch ?? globalThis.fetch;
  const fetch = faults ? faults.wrapFetch(plain) : plain;
  return (baseUrl, authorization) =>
    createClient({ baseUrl, fetch, ...(authorization ? { authorization } : {}) });
}

/** What the parts that talk to the outside are given. */
type Outer = {
  readonly options: StationOptions;
  readonly store: Store;
  /** Absent where faults are not allowed. */
  readonly faults: Faults | undefined;
  readonly connect: Connect;
};

/** Puts the parts together. They find each other through callbacks that run later only. */
function assemble(given: Omit<Core, 'changed'>, outer: Outer): Station {
  const { options, store, faults, connect } = outer;
  const proposedServerUrl = options.serverUrl;
  const feed = createSnapshotFeed(() =>
    stationSnapshot({
      ...{ core, store, proposedServerUrl, reach, server, visit, imaging, cameras, lock },
    }),
  );
  const core: Core = { ...given, changed: feed.changed };
  const { clock, timing } = core;
  const reach = reachServer(core, store.settings, connect);
  const imaging = openImaging(outer, core.changed);
  const visit = openVisit({ core, store, reach, imaging, server: () => server, lock: () => lock });
  const provider = () => imaging.health().provider;
  const onServerTime = keepRetention(core, store);
  const server = serveSync({ ...reach, core, store, visit, provider, onServerTime });
  const lock = createStaffLock({
    ...{ settings: store.settings, events: store.events, clock },
    idleMs: timing.staffIdleMs,
    onChange: feed.changed,
  });
  const camera = createCameraReports(clock, store.events);
  const cameras = createChosenCameras(store.settings);
  const enrolment = {
    ...{ core, store, connect, ...reach, staffUnlocked: lock.unlocked },
    forgetTries: lock.forgetTries,
    onEnrolled: () => {
      server.sync.refresh();
      feed.changed();
    },
  };
  const diagnosed = { core, store, imaging, camera, link: reach.link, sync: server.sync };
  const handlers = createHandlers({
    ...{ core, store, faults, saveFile: options.saveFile },
    ...{ visit, imaging, camera, cameras, lock, link: reach.link, runner: server.runner },
    snapshot: feed.snapshot,
    enrol: (request) => enrolByStaff(enrolment, request),
    diagnose: () => diagnose(diagnosed),
    exportDiagnostics: () => exportDiagnostics(diagnosed),
  });
  const { enrol } = options;
  const stopEnrolling = enrol ? enrolAtStart(enrolment, enrol) : () => {};
  const close = async () => {
    feed.close();
    stopEnrolling();
    lock.close();
    await shutDown(store, visit, server);
  };
  return { handlers, snapshot: feed.snapshot, subscribe: feed.subscribe, close };
}

function openImaging({ options, faults }: Outer, changed: () => void): StationImaging {
  const engine = faults
    ? Promise.resolve(options.imaging).then(faults.wrapEngine)
    : options.imaging;
  return createStationImaging(engine, changed);
}

type VisitParts = {
  readonly core: Core;
  readonly store: Store;
  readonly reach: ServerReach;
  readonly imaging: StationImaging;
  readonly server: () => ServerSide;
  readonly lock: () => StaffLock;
};

function openVisit({ core, store, reach, imaging, server, lock }: VisitParts): Visit {
  const { clock, timing, changed, language } = core;
  const onQueued = () => {
    server().runner.nudge();
    changed();
  };
  const { diskReserveBytes } = timing;
  const ledger = createPhotoLedger({ ...store, diskReserveBytes, onQueued });
  const desk = createGraduateDesk({
    link: reach.link,
    clockSkewMs: () => server().sync.clockSkewMs(),
  });
  const onEnd = () => {
    language.current = 'zh';
  };
  const onDeserted = () => {
    // Staff read longer without a touch; their page has an idle clock of its own.
    if (language.current === 'zh' || lock().unlocked()) return;
    onEnd();
    changed();
  };
  return createVisit({
    ports: { desk, ledger, standardizer: imaging },
    ...{ clock, timing, newId: randomUUID, onChange: changed, onEnd, onDeserted },
  });
}

/** What is to be called whenever the server tells its time: it paces the sweeps and ages pictures. */
function keepRetention({ timing, log }: Core, store: Store): (serverNow: number) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (serverNow) => {
    if (Math.abs(serverNow - last) < timing.retentionSweepMs) return;
    last = serverNow;
    void sweepPictures({ ...store, timing }, serverNow).catch((error: Error) =>
      log('error', 'Deleting old pictures failed', { error: error.message }),
    );
  };
}

/** A call to a server that does not answer must not hold up the end of the program. */
const LONGEST_GOODBYE_MS = 3000;

async function shutDown(store: Store, visit: Visit, { sync }: ServerSide): Promise<void> {
  let cancel = () => {};
  const patience = new Promise<void>((resolve) => {
    cancel = systemClock.after(LONGEST_GOODBYE_MS, resolve);
  });
  await Promise.race([Promise.all([visit.close(), sync.stop()]), patience]);
  cancel();
  await closeStore(store);
}
