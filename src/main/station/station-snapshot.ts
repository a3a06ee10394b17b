import { STATION_RIGHTS } from '@gradshot/domain';
import type { SessionView, StationSnapshot } from '../../shared/index.ts';
import type { ChosenCameras } from './devices/chosen-cameras.ts';
import type { TetheredPortrait } from './devices/tethered-portrait.ts';
import type { Core } from './ground/core.ts';
import type { StationImaging } from './imaging/standardizer.ts';
import type { OfflineCollection } from './offline/offline-collection.ts';
import type { Printing } from './printing/printing.ts';
import type { ClassList } from './queue/class-list.ts';
import type { PhoneArrivals } from './queue/phone-arrivals.ts';
import type { StationQueue } from './queue/station-queue.ts';
import { seenOffline } from './session/offline-view.ts';
import { type EffectKind, shownView } from './session/state.ts';
import type { Visit } from './session/visit.ts';
import type { StaffLock } from './staff/staff-lock.ts';
import type { VisitManner } from './staff/visit-manner.ts';
import { recoveryView } from './store/recovery-view.ts';
import type { Store } from './store/store.ts';
import type { ServerReach, ServerSide } from './sync/server-side.ts';

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
  /** How often something was plugged in or out. */
  readonly plugged: () => number;
};

/** Everything that the screen may know at this moment. */
export function stationSnapshot(shown: Shown): Omit<StationSnapshot, 'revision'> {
  const { visit, server } = shown;
  const { language, failure, running } = visit.state();
  const view = seenBy(shownView(visit.state()), shown.lock.unlocked());
  const customerService = server.settings()?.customerService;
  const recovery = recoveryView(shown.store);
  const classList = shown.lock.unlocked() ? shown.classList.view() : undefined;
  const arrivals = shown.arrivals.view();
  const cameras = shown.cameras.present();
  const tethered = shown.portrait.view();
  const plugged = shown.plugged();
  const prints = shown.printing.visitView();
  const idleSecondsLeft = visit.idleSecondsLeft();
  const leavesInSeconds = visit.leavesInSeconds();
  return {
    language,
    station: stationFacts(shown),
    connection: connectionFacts(shown),
    imaging: shown.imaging.health(),
    ...(recovery ? { recovery } : {}),
    ...(customerService ? { customerService } : {}),
    ...(classList ? { classList } : {}),
    ...(arrivals ? { arrivals } : {}),
    ...(shown.lock.unlocked()
      ? {
          queue: shown.queue.view(),
          printDesk: shown.printing.deskView(),
          offline: shown.offline.view(),
        }
      : {}),
    ...(prints ? { prints } : {}),
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

/** What staff say about somebody is not for whoever stands before the screen. */
function seenBy(view: SessionView, isStaff: boolean): SessionView {
  if (view.step !== 'judged' || isStaff) return view;
  const { onSite: _hidden, ...seen } = view;
  return seen;
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
