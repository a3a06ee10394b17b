import { randomUUID } from 'node:crypto';
import { createClient } from '@gradshot/contract';
import { isErrorCode, isRetryable, type Language, ok } from '@gradshot/domain';
import type { CommandHandlers, StationSnapshot } from '../../shared/index.ts';
import type { GraduateSide, Station, StationOptions } from './api.ts';
import { type CameraReports, createCameraReports } from './devices/camera.ts';
import { createChosenCameras } from './devices/chosen-cameras.ts';
import { tetheredOpener } from './devices/open-tethered.ts';
import { createTetheredPortrait, type TetheredPortrait } from './devices/tethered-portrait.ts';
import { openUsbBus } from './devices/usb-bus.ts';
import { createUsbDevices } from './devices/usb-devices.ts';
import { diagnose, exportDiagnostics } from './diagnostics/diagnose.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { type Clock, systemClock } from './ground/clock.ts';
import type { Core } from './ground/core.ts';
import { createStationEvents } from './ground/station-events.ts';
import { DEFAULT_TIMING } from './ground/timing.ts';
import { createHandlers, type HandlerParts } from './handlers.ts';
import { createStationImaging, type StationImaging } from './imaging/standardizer.ts';
import { createOfflineCollection, type OfflineCollection } from './offline/offline-collection.ts';
import { createPaidHere, type PaidHere } from './printing/paid-here.ts';
import { cupsSpool, type PrintSpool } from './printing/print-spool.ts';
import { createPrinting } from './printing/printing.ts';
import { type ClassList, createClassList } from './queue/class-list.ts';
import { createPhoneArrivals } from './queue/phone-arrivals.ts';
import { createStationQueue } from './queue/station-queue.ts';
import { createScanners, type Scanners } from './scanners/scanners.ts';
import { graduateHandlers, seenByGraduate } from './screens/graduate-side.ts';
import { createLiveCamera } from './screens/live-camera.ts';
import { createNoteDraft } from './screens/note-draft.ts';
import { createScannerReads } from './screens/scanner-reads.ts';
import { createScreens, type Screens } from './screens/screens.ts';
import type { SessionPorts } from './session/ports.ts';
import { createVisit } from './session/visit.ts';
import { createSnapshotFeed, type SnapshotFeed } from './snapshot-feed.ts';
import { dayReport, noteVisit } from './staff/day-report.ts';
import { enrolAtStart, enrolByStaff } from './staff/enrolment.ts';
import { PIN_COST } from './staff/pin-hash.ts';
import { createStaffLock } from './staff/staff-lock.ts';
import { createVisitManner } from './staff/visit-manner.ts';
import { placeOf, type Shown, stationSnapshot } from './station-snapshot.ts';
import type { OpenLogFile } from './store/durable-log.ts';
import { createPhotoLedger } from './store/photo-ledger.ts';
import { sweepPictures } from './store/retention.ts';
import { closeStore, openStore, type Store } from './store/store.ts';
import { unlessFull } from './store/store-failure.ts';
import { createArrivalDesk } from './sync/arrival-desk.ts';
import { createGraduateDesk } from './sync/graduate-desk.ts';
import { createRosterDesk } from './sync/roster-desk.ts';
import type { Connect } from './sync/server-link.ts';
import { reachServer, type ServerReach, serveSync } from './sync/server-side.ts';
import { beforeThePin, createTablets, type OpenDesk, type Tablets } from './tablets/tablets.ts';

/** What tests put in place of the real world. */
export type World = {
  readonly clock: Clock;
  readonly random: () => number;
  readonly connect: Connect;
  /** Of the PIN's hash: what it takes to guess one takes every test's enrolment too. */
  readonly pinCost: number;
  readonly openUsb: typeof openUsbBus;
  readonly platform: NodeJS.Platform;
  readonly openLogFile: OpenLogFile;
  readonly printSpool: PrintSpool | undefined;
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
    log: options.log,
    ...(faults ? { wrapPictures: faults.wrapStore } : {}),
    ...(world.openLogFile ? { openLogFile: world.openLogFile } : {}),
  });
  try {
    return begin({ options, world, clock, faults, store });
  } catch (error) {
    // Its files and its lock are for the next start.
    await closeStore(store);
    throw error;
  }
}

type Begun = {
  readonly options: StationOptions;
  readonly world: Partial<World>;
  readonly clock: Clock;
  readonly faults: Faults | undefined;
  readonly store: Store;
};

function begin({ options, world, clock, faults, store }: Begun): Station {
  unlessFull(options.log, () => {
    store.outbox.reopenAtStart((code) => isErrorCode(code) && isRetryable(code));
    // Whatever a damaged row or another clock put off.
    store.outbox.dueNow();
  });
  const core: Core = {
    ...{ version: options.version, log: options.log, clock },
    timing: { ...DEFAULT_TIMING, ...options.timing },
    random: world.random ?? Math.random,
    events: createStationEvents(),
  };
  const connect = world.connect ?? connector(options, faults);
  const pinCost = world.pinCost ?? PIN_COST;
  const openUsb = world.openUsb ?? openUsbBus;
  const printSpool = 'printSpool' in world ? world.printSpool : systemSpool();
  const platform = world.platform ?? process.platform;
  return assemble(core, {
    ...{ options, store, faults, connect, pinCost, openUsb, platform, printSpool },
  });
}

function systemSpool(): PrintSpool | undefined {
  return process.platform === 'win32' ? undefined : cupsSpool();
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
  readonly pinCost: number;
  readonly openUsb: typeof openUsbBus;
  readonly platform: NodeJS.Platform;
  readonly printSpool: PrintSpool | undefined;
};

/** Makes every part after what it needs; what a later one should hear of is an event. */
function assemble(core: Core, outer: Outer): Station {
  const { options, store, faults, connect } = outer;
  const { clock, timing, events } = core;
  const changed = () => {
    events.emit('changed');
  };
  const reach = reachServer(core, store.settings, connect);
  const imaging = openImaging(outer, changed);
  const lock = createStaffLock({
    ...{ settings: store.settings, events: store.events, settled: store.settled, clock },
    idleMs: timing.staffIdleMs,
    onChange: changed,
  });
  const screens = createScreens({
    ...{ settings: store.settings, events: store.events, clock },
    onChange: changed,
  });
  /** The staff page lies over the visit. */
  const covered = () => lock.unlocked() && !screens.graduate();
  const camera = createCameraReports(clock, store.events);
  const portrait = openPortrait(core, store, changed);
  const paidHere = createPaidHere();
  const offline = createOfflineCollection(core, store, reach);
  const ports = openPorts(core, { store, reach, imaging, camera, portrait, paidHere, offline });
  let plugged = 0;
  const bus = outer.openUsb(clock, () => {
    plugged += 1;
    portrait.wake();
    scanners.follow();
    changed();
  });
  const reads = createScannerReads({ clock, log: core.log, onChange: changed });
  const scanners: Scanners = createScanners({
    ...{ bus, clock, platform: outer.platform, log: core.log },
    onCode: reads.heard,
  });
  const usb = createUsbDevices(bus, store.settings, store.events);
  const visit = createVisit({
    ports,
    ...{ clock, timing, newId: randomUUID, onChange: changed, staffPresent: covered },
    printing: () => printing.underWay(),
    // Once the screen has been told: the disk is waited for.
    onCounted: (account) => queueMicrotask(() => noteVisit(store.events, account)),
  });
  events.on('shot', (shot) => void visit.command('session.takeShot', shot));
  events.on('shotRefused', visit.cameraFailed);
  // A picture that staff take to try the camera is no graduate's.
  events.on('changed', () => portrait.follow(visit.state().view.step === 'camera' && !covered()));
  const live = createLiveCamera({
    ...{ clock, onChange: changed },
    step: () => visit.state().view.step,
  });
  events.on('changed', live.follow);
  const manner = createVisitManner(store.settings, store.events, visit.setPace);
  visit.setPace(manner.pace());
  const roster = createRosterDesk(reach.link);
  const queue = createStationQueue({
    ...{ table: store.queue, events: store.events, log: core.log, clock },
    ...{ newId: randomUUID, desk: ports.desk, visit, onChange: changed },
    ...{ roster, arrivals: createArrivalDesk(reach.link) },
    onMoved: (person, event) => classList.queueMoved(person, event),
  });
  events.on('changed', queue.followVisit);
  const classList: ClassList = createClassList({
    ...{ settings: store.settings, events: store.events, log: core.log, clock },
    ...{ roster, visit, queue: () => queue, onChange: changed },
  });
  events.on('changed', classList.followVisit);
  events.on('orderChanged', classList.orderChanged);
  const arrivals = createPhoneArrivals({
    ...{ settings: store.settings, events: store.events, log: core.log, clock, queue },
    ...{ desk: createArrivalDesk(reach.link), onChange: changed },
    pauseMs: () => timing.arrivalsMs,
    online: () => reach.link.enrolment() !== undefined && reach.connection.online(),
  });
  const sweep = keepRetention(core, store);
  const server = serveSync({
    ...{ core, store, reach, visit },
    onSettings: offline.heardSettings,
    onOrder: offline.heardOrder,
    provider: () => imaging.health().provider,
    onServerTime: (serverNow) => {
      sweep(serverNow);
      queue.heardTime(serverNow);
      classList.heardTime(serverNow);
    },
  });
  const cameras = createChosenCameras(store.settings);
  const printing = createPrinting({
    ...{ core, store, visit, paidHere, link: reach.link, newId: randomUUID, onChange: changed },
    ...{ printer: options.printer, spool: outer.printSpool, saveFile: options.saveFile },
    dayReport: (day) => dayReport(store, day),
    place: () => {
      const { name = '', school = '' } = placeOf({ reach, server });
      return { station: name, school };
    },
  });
  events.on('changed', printing.followVisit);
  const tablets: Tablets = createTablets({
    ...{ dataDir: options.dataDir, key: options.key, log: core.log, clock, lock },
    ...{ settings: store.settings, events: store.events, onChange: changed },
    openDesk: (tablet, own) => openDeskElsewhere({ core, shown, parts: handling })(tablet, own),
  });
  const shown: Shown = {
    ...{ core, store, reach, server, visit, imaging, cameras, portrait, lock, manner, queue },
    ...{ arrivals, classList, printing, offline, screens, live, reads, tablets },
    proposedServerUrl: options.serverUrl,
    plugged: () => plugged,
  };
  const feed = createSnapshotFeed(() => stationSnapshot(shown));
  events.on('changed', feed.changed);
  const enrolment = {
    ...{ core, store, connect, reach, pinCost: outer.pinCost, staffUnlocked: lock.unlocked },
    forgetTries: lock.forgetTries,
    onEnrolled: () => {
      offline.enrolled();
      server.sync.refresh();
      tablets.lockAll();
      changed();
    },
  };
  const diagnosed = {
    ...{ core, store, imaging, camera, portrait, usb, scanners, offline, reach, printing, tablets },
  };
  const handling: HandlerParts = {
    ...{ store, faults, changed, clock, saveFile: options.saveFile },
    ...{ visit, imaging, camera, cameras, portrait, usb, lock, manner, queue },
    ...{ arrivals, classList, printing, offline, screens, live, reads, tablets },
    note: createNoteDraft(visit),
    ...{ link: reach.link, runner: server.runner, refresh: server.sync.refresh },
    snapshot: feed.snapshot,
    enrol: (request) => enrolByStaff(enrolment, request),
    diagnose: () => diagnose(diagnosed),
    exportDiagnostics: () => exportDiagnostics(diagnosed),
  };
  const handlers = createHandlers(handling);
  const { enrol } = options;
  const stopEnrolling = enrol ? enrolAtStart(enrolment, enrol) : () => {};
  const close = async () => {
    feed.close();
    stopEnrolling();
    tablets.close();
    lock.close();
    screens.close();
    live.close();
    reads.close();
    portrait.close();
    await shutDown(store, [
      () => visit.close(),
      () => arrivals.stop(),
      () => server.sync.stop(),
      offline.stop,
      scanners.close,
      () => bus.close(),
    ]);
  };
  const graduate = graduateSide(feed, { handlers, visit, screens });
  const { snapshot, subscribe } = feed;
  return { handlers, snapshot, subscribe, graduate, tablets: tablets.door, close };
}

type DeskElsewhere = {
  readonly core: Core;
  readonly shown: Shown;
  readonly parts: HandlerParts;
};

/** The same desk with a lock, a language and a page of its own, and never the visit's page. */
function openDeskElsewhere({ core, shown, parts }: DeskElsewhere): OpenDesk {
  return (tablet, lock) => {
    let language: Language = 'zh';
    const screens: Screens = {
      ...parts.screens,
      graduate: () => true,
      deskLanguage: () => language,
      setDeskLanguage(next) {
        language = next;
        parts.changed();
      },
    };
    const feed = createSnapshotFeed(() => {
      const seen = stationSnapshot({ ...shown, lock, screens, tablet });
      return lock.unlocked() ? seen : beforeThePin(seen);
    });
    core.events.on('changed', feed.changed);
    const { snapshot, subscribe } = feed;
    // The station's own dialogs would open before the graduate.
    const handlers = createHandlers({ ...parts, lock, screens, saveFile: undefined, snapshot });
    return {
      ...{ handlers, snapshot, subscribe },
      stop() {
        core.events.off('changed', feed.changed);
        feed.close();
      },
    };
  };
}

function graduateSide(
  feed: SnapshotFeed,
  parts: Pick<HandlerParts, 'visit' | 'screens'> & { readonly handlers: CommandHandlers },
): GraduateSide {
  const { handlers, visit, screens } = parts;
  const seen = (snapshot: StationSnapshot) => seenByGraduate(snapshot, visit.state().language);
  return {
    handlers: graduateHandlers(handlers, {
      'station.snapshot': async () => ok(seen(feed.snapshot())),
      'station.setLanguage': async ({ language }) => {
        visit.setLanguage(language);
        return ok(null);
      },
      // It keeps the visit, and not the desk, from ending by itself.
      'station.touch': async () => {
        visit.touch();
        return ok(null);
      },
    }),
    snapshot: () => seen(feed.snapshot()),
    subscribe: (listener) => feed.subscribe((snapshot) => listener(seen(snapshot))),
    arrived: screens.arrived,
  };
}

function openImaging({ options, faults }: Outer, changed: () => void): StationImaging {
  const engine = faults
    ? Promise.resolve(options.imaging).then(faults.wrapEngine)
    : options.imaging;
  return createStationImaging(engine, changed);
}

function openPortrait(
  { clock, events }: Core,
  { settings, events: eventLog }: Store,
  onChange: () => void,
): TetheredPortrait {
  return createTetheredPortrait({
    ...{ settings, events: eventLog, onChange, make: tetheredOpener(clock) },
    onShot: (shot) => void events.emit('shot', shot),
    onRefused: (failure) => void events.emit('shotRefused', failure),
  });
}

type PortParts = {
  readonly store: Store;
  readonly reach: ServerReach;
  readonly imaging: StationImaging;
  readonly camera: CameraReports;
  readonly portrait: TetheredPortrait;
  readonly paidHere: PaidHere;
  readonly offline: OfflineCollection;
};

function openPorts({ clock, timing, events }: Core, parts: PortParts): SessionPorts {
  const { store, imaging, camera, portrait } = parts;
  const { link, clock: serverClock } = parts.reach;
  const onQueued = () => {
    events.emit('queued');
    events.emit('changed');
  };
  const { diskReserveBytes } = timing;
  const onHandedIn = store.safekeeping.soon;
  return {
    desk: parts.paidHere.watch(createGraduateDesk({ link, clock: serverClock })),
    offline: parts.offline.desk,
    ledger: createPhotoLedger({ ...store, clock, diskReserveBytes, onQueued, onHandedIn }),
    standardizer: imaging,
    obstacle: () => obstacleOf(imaging, camera, portrait),
  };
}

/** A camera that nobody has opened yet is not known to fail. */
function obstacleOf(
  imaging: StationImaging,
  camera: CameraReports,
  portrait: TetheredPortrait,
): ReturnType<SessionPorts['obstacle']> {
  // An engine that crashed is started again; one that never came up is not there.
  if (!imaging.health().ready) return 'imaging';
  const tethered = portrait.view();
  // The page's own camera is then only a guide.
  if (tethered) return tethered.state.kind === 'failed' ? 'camera' : undefined;
  return (camera.last()?.state ?? 'ready') === 'ready' ? undefined : 'camera';
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

/** A call to a server, or a bus, that does not answer must not hold up the end of the program. */
const LONGEST_GOODBYE_MS = 3000;

async function shutDown(
  store: Store,
  goodbyes: readonly (() => Promise<unknown>)[],
): Promise<void> {
  let cancel = () => {};
  const patience = new Promise<void>((resolve) => {
    cancel = systemClock.after(LONGEST_GOODBYE_MS, resolve);
  });
  await Promise.race([Promise.all(goodbyes.map((goodbye) => goodbye())), patience]);
  cancel();
  await closeStore(store);
}
