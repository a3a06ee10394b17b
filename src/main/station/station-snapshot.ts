import { STATION_RIGHTS } from '@gradshot/domain';
import type { StationSnapshot } from '../../shared/index.ts';
import type { ChosenCameras } from './devices/chosen-cameras.ts';
import type { TetheredPortrait } from './devices/tethered-portrait.ts';
import type { Core } from './ground/core.ts';
import type { StationImaging } from './imaging/standardizer.ts';
import type { OfflineCollection } from './offline/offline-collection.ts';
import type { Printing } from './printing/printing.ts';
import type { ClassList } from './queue/class-list.ts';
import type { PhoneArrivals } from './queue/phone-arrivals.ts';
import type { StationQueue } from './queue/station-queue.ts';
import { withoutStaffs } from './screens/graduate-side.ts';
import type { LiveCamera } from './screens/live-camera.ts';
import type { ScannerReads } from './screens/scanner-reads.ts';
import type { Screens } from './screens/screens.ts';
import { burstView } from './session/burst.ts';
import { seenOffline } from './session/offline-view.ts';
import { type EffectKind, shownView } from './session/state.ts';
import type { Visit } from './session/visit.ts';
import type { StaffLock } from './staff/staff-lock.ts';
import type { VisitManner } from './staff/visit-manner.ts';
import { recoveryView } from './store/recovery-view.ts';
import type { Store } from './store/store.ts';
import type { ServerReach, ServerSide } from './sync/server-side.ts';
import type { Tablets } from './tablets/tablets.ts';

export type Shown = {
  readonly core: Core;
  readonly store: Store;
  /** Proposed where the station is enrolled by hand. */
  readonly proposedServerUrl: string | undefined;
  readonly reach: ServerReach;
  readonly server: ServerSide;
  readonly visit: Visit;
  readonly imaging: StationImaging;
  readonly cameras: ChosenCameras;
  readonly portrait: TetheredPortrait;
  readonly lock: StaffLock;
  readonly manner: VisitManner;
  readonly queue: StationQueue;
  readonly arrivals: PhoneArrivals;
  readonly classList: ClassList;
  readonly printing: Printing;
  readonly offline: OfflineCollection;
  readonly screens: Screens;
  readonly live: LiveCamera;
  readonly reads: Pick<ScannerReads, 'waiting'>;
  readonly tablets: Pick<Tablets, 'view'>;
  /** Whose desk it is, where it is a tablet's. */
  readonly tablet?: { readonly name: string };
  /** How often something was plugged in or out. */
  readonly plugged: () => number;
};

/** Everything that the screen may know at this moment. */
export function stationSnapshot(shown: Shown): Omit<StationSnapshot, 'revision'> {
  const { visit, server } = shown;
  const { failure, running } = visit.state();
  const beside = shown.screens.graduate();
  const isStaff = shown.lock.unlocked();
  const view = isStaff ? shownView(visit.state()) : withoutStaffs(shownView(visit.state()));
  const customerService = server.settings()?.customerService;
  const recovery = recoveryView(shown.store);
  const arrivals = shown.arrivals.view();
  const cameras = shown.cameras.present();
  const tethered = shown.portrait.view();
  const plugged = shown.plugged();
  const prints = shown.printing.visitView();
  const pressed = shown.live.pressed();
  // A tablet has no scanner of the station's.
  const scannerRead = shown.tablet ? undefined : shown.reads.waiting();
  const idleSecondsLeft = visit.idleSecondsLeft();
  const leavesInSeconds = visit.leavesInSeconds();
  return {
    language: beside ? shown.screens.deskLanguage() : visit.state().language,
    station: stationFacts(shown),
    connection: connectionFacts(shown),
    imaging: shown.imaging.health(),
    ...(recovery ? { recovery } : {}),
    ...(customerService ? { customerService } : {}),
    ...(arrivals ? { arrivals } : {}),
    ...(prints ? { prints } : {}),
    ...(isStaff ? forStaff(shown) : {}),
    ...(beside ? { screen: 'desk' } : {}),
    ...(shown.tablet ? { tablet: { name: shown.tablet.name } } : {}),
    ...(shown.screens.wanted() ? { secondScreen: true } : {}),
    ...(pressed === undefined ? {} : { shutterPress: pressed }),
    ...(scannerRead === undefined ? {} : { scannerRead }),
    ...(cameras ? { cameras } : {}),
    ...(tethered ? { tethered } : {}),
    ...(plugged > 0 ? { plugged } : {}),
    session: shown.reach.connection.online() ? view : seenOffline(view),
    busy: running !== undefined && !QUIET.includes(running.kind),
    ...(failure ? { failure } : {}),
    ...(idleSecondsLeft === undefined ? {} : { idleSecondsLeft }),
    ...(leavesInSeconds === undefined ? {} : { leavesInSeconds }),
  };
}

/** Work that no button has to wait for. */
const QUIET: readonly EffectKind[] = ['judge', 'recordOnSite'];

/** The desk, the visit and its screens, for whoever has entered the PIN. */
function forStaff(shown: Shown): Partial<StationSnapshot> {
  const { visit, queue, live, printing, offline } = shown;
  const classList = shown.classList.view();
  const burst = burstView(visit.state().burst);
  const shutter = live.shutter();
  return {
    ...{ queue: queue.view(), printDesk: printing.deskView(), offline: offline.view() },
    ...(classList ? { classList } : {}),
    ...(shutter ? { shutter } : {}),
    ...(burst ? { burst } : {}),
    // A tablet lets in no other.
    ...(shown.tablet ? {} : { tablets: shown.tablets.view() }),
  };
}

/** Where it stands, as the server told last, else as it was enrolled. */
export function placeOf({ reach, server }: Pick<Shown, 'reach' | 'server'>) {
  const enrolment = reach.link.enrolment();
  const settings = server.settings();
  return {
    name: settings?.stationName ?? enrolment?.name,
    school: settings?.school ?? enrolment?.school,
  };
}

function stationFacts(shown: Shown): StationSnapshot['station'] {
  const { core, reach, server, lock, manner } = shown;
  const enrolment = reach.link.enrolment();
  const settings = server.settings();
  const { name, school } = placeOf(shown);
  const serverUrl = enrolment?.serverUrl ?? shown.proposedServerUrl;
  return {
    enrolled: enrolment !== undefined,
    ...(name ? { name } : {}),
    ...(school ? { school } : {}),
    ...(serverUrl ? { serverUrl } : {}),
    sample: settings?.sample ?? false,
    version: core.version,
    pace: manner.pace(),
    voiceVolume: manner.voiceVolume(),
    // A newer server may know of rights that mean nothing here.
    rights: STATION_RIGHTS.filter((right) => settings?.rights?.includes(right)),
    staffUnlocked: lock.unlocked(),
  };
}

function connectionFacts({ store, reach, server, offline }: Shown): StationSnapshot['connection'] {
  const { waiting, parked } = store.outbox.counts();
  const lastSyncAt = server.sync.lastSyncAt();
  return {
    online: reach.connection.online(),
    outbox: waiting - parked,
    parked,
    ...(offline.ready() ? { takesNewOffline: true } : {}),
    ...(lastSyncAt ? { lastSyncAt } : {}),
  };
}
