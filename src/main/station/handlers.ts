import { fail, ok, type Result } from '@gradshot/domain';
import type {
  CommandHandlers,
  CommandPayload,
  DiagnosticLine,
  StationSnapshot,
} from '../../shared/index.ts';
import type { SaveFile } from './api.ts';
import type { CameraReports } from './devices/camera.ts';
import type { ChosenCameras } from './devices/chosen-cameras.ts';
import type { TetheredPortrait } from './devices/tethered-portrait.ts';
import type { UsbDevices } from './devices/usb-devices.ts';
import type { DiagnosticsFile } from './diagnostics/diagnostics-file.ts';
import type { Faults } from './faults/faults.ts';
import type { Clock } from './ground/clock.ts';
import type { StationImaging } from './imaging/standardizer.ts';
import type { OfflineCollection } from './offline/offline-collection.ts';
import { readSessionPicture } from './picture-access.ts';
import type { Printing, StaffPrintHandlers } from './printing/printing.ts';
import type { ClassList } from './queue/class-list.ts';
import type { PhoneArrivals } from './queue/phone-arrivals.ts';
import type { StationQueue } from './queue/station-queue.ts';
import {
  createCameraSideHandlers,
  createScreenHandlers,
  createWatchingHandlers,
  type ScreenHandlers,
  type WatchingHandlers,
} from './screens/desk-handlers.ts';
import type { LiveCamera } from './screens/live-camera.ts';
import type { NoteDraft } from './screens/note-draft.ts';
import type { ScannerReads } from './screens/scanner-reads.ts';
import type { Screens } from './screens/screens.ts';
import type { DeskCommandName, SessionCommandName } from './session/state.ts';
import type { Visit } from './session/visit.ts';
import { absenteesFile } from './staff/absentees-file.ts';
import { dayReport, noteTaking } from './staff/day-report.ts';
import { dayReportFile } from './staff/day-report-file.ts';
import type { StaffLock } from './staff/staff-lock.ts';
import type { VisitManner } from './staff/visit-manner.ts';
import { createStickHandlers, type StickHandlers } from './stick/stick-handlers.ts';
import type { Store } from './store/store.ts';
import type { OutboxRunner } from './sync/outbox-runner.ts';
import type { ServerLink } from './sync/server-link.ts';
import type { TabletCommands, Tablets } from './tablets/tablets.ts';

export type HandlerParts = {
  readonly changed: () => void;
  readonly clock: Clock;
  readonly store: Store;
  /** Absent where faults are not allowed. */
  readonly faults: Faults | undefined;
  /** Of a shell whose page may not save files itself. */
  readonly saveFile: SaveFile | undefined;
  readonly snapshot: () => StationSnapshot;
  readonly visit: Visit;
  readonly imaging: StationImaging;
  readonly camera: CameraReports;
  readonly cameras: ChosenCameras;
  readonly portrait: TetheredPortrait;
  readonly usb: UsbDevices;
  readonly link: ServerLink;
  readonly runner: OutboxRunner;
  readonly lock: StaffLock;
  readonly queue: StationQueue;
  readonly arrivals: PhoneArrivals;
  readonly classList: ClassList;
  readonly printing: Printing;
  readonly offline: OfflineCollection;
  readonly screens: Screens;
  readonly live: LiveCamera;
  readonly reads: ScannerReads;
  readonly note: NoteDraft;
  readonly tablets: Pick<Tablets, 'commands'>;
  /** Asks the server for whatever it may have to tell. */
  readonly refresh: () => void;
  readonly manner: VisitManner;
  readonly enrol: CommandHandlers['staff.enrol'];
  readonly diagnose: () => Promise<readonly DiagnosticLine[]>;
  readonly exportDiagnostics: () => Promise<DiagnosticsFile>;
};

const DONE = ok(null);

/** Nobody is answered before what was written is on the disk; without anything new that takes no time. */
export function createHandlers(parts: HandlerParts): CommandHandlers {
  return settledFirst(parts.store, handlersOf(parts));
}

function settledFirst({ settled }: Pick<Store, 'settled'>, handlers: CommandHandlers) {
  const answered = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (payload: never) => {
      const answer = await handle(payload);
      if (!answer.ok) return answer;
      const safe = await settled();
      return safe.ok ? answer : safe;
    },
  ]);
  return Object.fromEntries(answered) as CommandHandlers;
}

function handlersOf(parts: HandlerParts): CommandHandlers {
  const { visit, changed, store, faults } = parts;
  const does = (action: () => void) => async () => {
    action();
    return DONE;
  };
  return {
    'station.snapshot': async () => ok(parts.snapshot()),
    'station.setLanguage': async ({ language }) => {
      if (parts.screens.graduate()) parts.screens.setDeskLanguage(language);
      else visit.setLanguage(language);
      return DONE;
    },
    'station.touch': does(() => touched(parts)),
    'failure.dismiss': does(() => visit.dismissFailure()),
    ...sessionHandlers(parts),
    'picture.read': (request) =>
      readSessionPicture({ store, link: parts.link, state: visit.state() }, request),
    'camera.guide': ({ frame }) => guide(parts, frame),
    'camera.report': async (report) => parts.camera.report(report),
    'camera.choose': async ({ task, camera }) => {
      const chosen = await parts.cameras.choose(task, camera);
      if (chosen.ok) changed();
      return chosen;
    },
    'camera.capture': async () => {
      visit.touch();
      return parts.portrait.capture();
    },
    'scanner.takeCode': async ({ read }) => {
      touched(parts);
      return parts.reads.take(read);
    },
    ...parts.printing.forVisit,
    ...createCameraSideHandlers(parts),
    ...staffHandlers(parts),
    'dev.setFault': async ({ fault, on }) => {
      if (!faults) return fail('auth.forbidden');
      faults.set(fault, on);
      return DONE;
    },
    'dev.faults': async () => ok([...(faults?.active() ?? [])]),
  };
}

/** Somebody is there, at the one screen or at the desk. */
function touched({ screens, visit, lock }: HandlerParts): void {
  // Whoever works at the desk does not stand before the graduate's screen.
  if (!screens.graduate()) visit.touch();
  lock.guard();
}

type SessionHandlers = Pick<CommandHandlers, Exclude<SessionCommandName, DeskCommandName>>;

function sessionHandlers({ visit, link, lock, queue, note }: HandlerParts): SessionHandlers {
  const run =
    <N extends SessionCommandName>(name: N) =>
    (payload: CommandPayload<N>) =>
      visit.command(name, payload);
  const whereEnrolled =
    <N extends SessionCommandName>(name: N) =>
    async (payload: CommandPayload<N>) =>
      link.enrolment() ? visit.command(name, payload) : fail('station.notEnrolled');
  return {
    'session.enter': whereEnrolled('session.enter'),
    'session.back': run('session.back'),
    'session.leave': run('session.leave'),
    'session.submitCode': async (code) => {
      const open = code.source === 'picture' || code.source === 'typed' ? lock.guard() : DONE;
      if (!open.ok) return open;
      const begun = await whereEnrolled('session.submitCode')(code);
      if (begun.ok) queue.shown('codes' in code ? code.codes : [code]);
      return begun;
    },
    'session.codeUnreadable': run('session.codeUnreadable'),
    'session.confirmLastFour': run('session.confirmLastFour'),
    'session.openOrder': run('session.openOrder'),
    'session.beginOrder': run('session.beginOrder'),
    'session.pay': run('session.pay'),
    'session.refreshPayment': run('session.refreshPayment'),
    'session.cancelOrder': run('session.cancelOrder'),
    'session.handOver': run('session.handOver'),
    'session.closeHandover': run('session.closeHandover'),
    'session.toCamera': run('session.toCamera'),
    'session.takeShot': run('session.takeShot'),
    'session.retake': run('session.retake'),
    'session.keep': run('session.keep'),
    'session.judge': run('session.judge'),
    'session.stopJudging': run('session.stopJudging'),
    'session.handIn': async (payload) => {
      await note.settle();
      return visit.command('session.handIn', payload);
    },
  };
}

async function guide(
  { visit, imaging, live }: HandlerParts,
  frame: Uint8Array<ArrayBuffer>,
): ReturnType<CommandHandlers['camera.guide']> {
  const { view } = visit.state();
  if (view.step !== 'camera') return fail('station.wrongStep');
  const found = live.saw(frame);
  const guided = await imaging.guide(frame, view.order.profileId);
  if (!guided.ok) return guided;
  const guidance = { ...guided.value, hints: [...guided.value.hints] };
  found(guidance);
  return ok(guidance);
}

type StaffHandlers = Pick<CommandHandlers, Extract<keyof CommandHandlers, `staff.${string}`>>;
/** What may be asked for before the PIN was entered. */
type Unguarded = 'staff.enrol' | 'staff.unlock' | 'staff.lock';

function staffHandlers(parts: HandlerParts): StaffHandlers {
  const { lock } = parts;
  return {
    'staff.enrol': parts.enrol,
    'staff.unlock': async ({ pin }) => {
      const unlocked = await lock.unlock(pin);
      // What staff may do here is shown as it stands now.
      if (unlocked.ok) parts.refresh();
      return unlocked;
    },
    'staff.lock': async () => {
      lock.lock();
      return DONE;
    },
    ...behindThePin(() => lock.guard(), {
      ...deskHandlers(parts),
      ...classHandlers(parts),
      ...createStickHandlers(parts),
      ...parts.printing.forStaff,
      ...createScreenHandlers(parts),
      ...parts.tablets.commands,
    }),
    // The desk asks for them without end, and must lock itself all the same.
    ...behindThePin(
      () => (lock.unlocked() ? DONE : fail('staff.locked')),
      createWatchingHandlers(parts),
    ),
  };
}

/** Here, not in each of them: nothing of staff's can be forgotten to be guarded. */
function behindThePin<H extends Partial<Omit<StaffHandlers, Unguarded>>>(
  guard: () => Result<null>,
  handlers: H,
): H {
  const guarded = Object.entries(handlers).map(([name, handle]) => [
    name,
    async (payload: never) => {
      const open = guard();
      return open.ok ? handle(payload) : open;
    },
  ]);
  return Object.fromEntries(guarded);
}

type Elsewhere =
  | ClassCommand
  | keyof StickHandlers
  | keyof StaffPrintHandlers
  | keyof ScreenHandlers
  | keyof TabletCommands
  | keyof WatchingHandlers;

function deskHandlers(parts: HandlerParts): Omit<StaffHandlers, Unguarded | Elsewhere> {
  const { visit, runner, changed, store, manner, queue, offline } = parts;
  return {
    'staff.setPace': ({ pace }) => manner.setPace(pace),
    'staff.setVoice': async ({ volume }) => {
      const set = await manner.setVoice(volume);
      if (set.ok) changed();
      return set;
    },
    'staff.setPortraitSource': ({ source }) => parts.portrait.choose(source),
    'staff.tryPortraitSource': ({ source }) => parts.portrait.look(source),
    'staff.draftNote': async ({ photoId, note }) => {
      parts.note.write(photoId, note);
      return DONE;
    },
    'staff.recordOnSite': (said) => {
      parts.note.forget();
      return visit.command('staff.recordOnSite', said);
    },
    'staff.releasePhoto': (release) => visit.command('staff.releasePhoto', release),
    'staff.liftLock': async (payload) => {
      const lifted = await parts.visit.command('staff.liftLock', payload);
      if (lifted.ok) store.events.note('staff.liftedLock');
      return lifted;
    },
    'staff.recordPayment': async (taken) => {
      const { view } = parts.visit.state();
      const recorded = await parts.visit.command('staff.recordPayment', taken);
      if (recorded.ok && 'order' in view)
        noteTaking(store.events, { method: taken.method, fen: view.order.priceFen });
      return recorded;
    },
    'staff.queueCheckIn': (code) => queue.checkIn(code),
    'staff.queueSearch': ({ text }) => queue.search(text),
    'staff.queueAdd': ({ entryId }) => queue.add(entryId),
    'staff.queueCall': ({ id }) => queue.call(id),
    'staff.queueMiss': ({ id }) => queue.miss(id),
    'staff.queueBegin': ({ id }) => queue.begin(id),
    'staff.offlineSearch': async ({ text }) => ok(offline.search(text)),
    'staff.identify': (whom) => visit.command('staff.identify', whom),
    'staff.confirmOffline': ({ id, payload, lastFour }) => offline.confirm(id, payload, lastFour),
    'staff.discardOffline': ({ id, cause }) => offline.discard(id, cause),
    'staff.outbox': async () => ok([...store.outbox.list()]),
    'staff.retryParked': async ({ id }) => {
      if (!store.outbox.unpark(Number(id))) return fail('request.notFound');
      store.events.note('staff.retryParked', { delivery: id });
      runner.nudge();
      changed();
      return DONE;
    },
    'staff.acknowledgeRecovery': async () => {
      store.settings.remove('recovery');
      store.events.note('staff.acknowledgedRecovery');
      changed();
      return DONE;
    },
    'staff.diagnostics': async () => ok([...(await parts.diagnose())]),
    'staff.usbDevices': async () => {
      const found = await parts.usb.look();
      return found ? ok([...found.seen]) : fail('station.usbNotSeen');
    },
    'staff.rememberUsbDevices': async () => {
      const remembered = await parts.usb.remember();
      return remembered.ok ? ok([...remembered.value]) : remembered;
    },
    'staff.exportDiagnostics': async () => handOut(parts, await parts.exportDiagnostics()),
    'staff.dayReport': async ({ day }) => ok(dayReport(store, day)),
    'staff.saveDayReport': ({ day }) =>
      handOut(parts, dayReportFile(dayReport(store, day), parts.snapshot().station.name ?? '')),
  };
}

type ClassCommand =
  | 'staff.setArrivals'
  | 'staff.classes'
  | 'staff.openClass'
  | 'staff.closeClass'
  | 'staff.beginOfClass'
  | 'staff.markAbsent'
  | 'staff.saveAbsentees';

function classHandlers(parts: HandlerParts): Pick<CommandHandlers, ClassCommand> {
  const { arrivals, classList } = parts;
  return {
    'staff.setArrivals': ({ open }) => arrivals.setOpen(open),
    'staff.classes': () => classList.classes(),
    'staff.openClass': (wanted) => classList.open(wanted),
    'staff.closeClass': () => classList.close(),
    'staff.beginOfClass': ({ entryId }) => classList.begin(entryId),
    'staff.markAbsent': ({ entryId, absent }) => classList.markAbsent(entryId, absent),
    'staff.saveAbsentees': async () => {
      const list = classList.view();
      return list ? handOut(parts, absenteesFile(list)) : fail('request.notFound');
    },
  };
}

async function handOut(
  { saveFile }: HandlerParts,
  file: { readonly fileName: string; readonly text: string },
): ReturnType<CommandHandlers['staff.saveDayReport']> {
  if (!saveFile) return ok({ outcome: 'given', ...file });
  const saved = await saveFile({ fileName: file.fileName, content: file.text });
  return saved.ok ? ok({ outcome: saved.value }) : saved;
}
