import { fail, type Result } from '@gradshot/domain';
import { COMMANDS, type CommandHandlers, type CommandName } from '../../../shared/index.ts';
import type { StaffLock } from '../staff/staff-lock.ts';

/**
 * `open`: also before the PIN. `desk`: behind the PIN, and keeps the desk open. `watching`: behind it, and
 * says nothing of whether anybody is there. `never`: of the station's own screens alone.
 */
type May = 'open' | 'desk' | 'watching' | 'never';

/** Of everything new somebody must say whether a tablet may do it. */
const MAY: { readonly [N in CommandName]: May } = {
  'station.snapshot': 'open',
  'station.setLanguage': 'open',
  'station.touch': 'open',
  'failure.dismiss': 'desk',
  // The visit is the graduate's to walk through, before the station's own screen.
  'session.enter': 'never',
  'session.back': 'never',
  'session.leave': 'never',
  'session.submitCode': 'desk',
  'session.codeUnreadable': 'desk',
  'session.confirmLastFour': 'never',
  'session.openOrder': 'never',
  'session.beginOrder': 'never',
  'session.pay': 'never',
  'session.refreshPayment': 'never',
  'session.cancelOrder': 'never',
  'session.handOver': 'never',
  'session.closeHandover': 'never',
  'session.toCamera': 'never',
  'session.takeShot': 'never',
  'session.retake': 'desk',
  'session.keep': 'never',
  'session.judge': 'never',
  'session.stopJudging': 'never',
  'session.handIn': 'never',
  'picture.read': 'watching',
  // The camera is the page's that stands before the graduate.
  'camera.guide': 'never',
  'camera.report': 'never',
  'camera.choose': 'never',
  'camera.spareFrame': 'never',
  'camera.shutterState': 'never',
  'camera.obeyShutter': 'never',
  'camera.capture': 'never',
  'scanner.takeCode': 'never',
  'print.receipt': 'never',
  'print.sheet': 'never',
  'staff.enrol': 'never',
  'staff.unlock': 'open',
  'staff.lock': 'open',
  'staff.setPace': 'desk',
  'staff.setVoice': 'desk',
  // Folders and programs of the station's own machine.
  'staff.setPortraitSource': 'never',
  'staff.tryPortraitSource': 'never',
  'staff.draftNote': 'desk',
  'staff.recordOnSite': 'desk',
  'staff.releasePhoto': 'desk',
  'staff.liftLock': 'desk',
  'staff.liveFrame': 'watching',
  'staff.pressShutter': 'desk',
  'staff.readFrame': 'watching',
  'staff.chooseFrame': 'desk',
  'staff.setSecondScreen': 'never',
  // No tablet lets in another.
  'staff.setTablets': 'never',
  'staff.openPairing': 'never',
  'staff.closePairing': 'never',
  'staff.unpairTablet': 'never',
  'staff.recordPayment': 'desk',
  'staff.queueCheckIn': 'desk',
  'staff.queueSearch': 'desk',
  'staff.queueAdd': 'desk',
  'staff.queueCall': 'desk',
  'staff.queueMiss': 'desk',
  'staff.queueBegin': 'desk',
  'staff.setArrivals': 'desk',
  'staff.classes': 'desk',
  'staff.openClass': 'desk',
  'staff.closeClass': 'desk',
  'staff.beginOfClass': 'desk',
  'staff.markAbsent': 'desk',
  'staff.saveAbsentees': 'desk',
  'staff.offlineSearch': 'desk',
  'staff.identify': 'desk',
  'staff.confirmOffline': 'desk',
  'staff.discardOffline': 'desk',
  'staff.outbox': 'desk',
  'staff.retryParked': 'desk',
  'staff.acknowledgeRecovery': 'desk',
  'staff.dayReport': 'desk',
  'staff.saveDayReport': 'desk',
  // What is plugged into the station, and the dialogs of its own screen.
  'staff.printers': 'never',
  'staff.choosePrinter': 'never',
  'staff.print': 'desk',
  'staff.printAgain': 'desk',
  'staff.savePrint': 'never',
  'staff.diagnostics': 'never',
  'staff.usbDevices': 'never',
  'staff.rememberUsbDevices': 'never',
  'staff.exportDiagnostics': 'never',
  'staff.savePhotos': 'never',
  'staff.readPhotoFile': 'never',
  'staff.handInPhoto': 'never',
  'dev.setFault': 'never',
  'dev.faults': 'never',
};

export type TabletGate = {
  readonly lock: Pick<StaffLock, 'guard' | 'unlocked'>;
  readonly paired: () => boolean;
  /** Something was done from there. */
  readonly onUsed: (name: CommandName) => void;
};

/** Questions and looks that a page asks by itself or again and again; what they show is masked. */
const NOT_TOLD: readonly CommandName[] = [
  ...(['staff.outbox', 'staff.dayReport', 'staff.classes', 'staff.draftNote'] as const),
];

/**
 * What a tablet may do, and only while it is paired: what is under way when that ends is not answered any
 * more.
 */
export function tabletHandlers(handlers: CommandHandlers, gate: TabletGate): CommandHandlers {
  const names = Object.keys(COMMANDS) as CommandName[];
  const sided = names.map((name) => [name, sideOf(name, handlers[name], gate)]);
  return Object.fromEntries(sided) as CommandHandlers;
}

type Handle = (payload: never) => Promise<Result<unknown>>;

function sideOf(name: CommandName, handle: Handle, { lock, paired, onUsed }: TabletGate): Handle {
  const may = MAY[name];
  return async (payload) => {
    if (!paired()) return fail('tablet.unpaired');
    if (may === 'never') return fail('tablet.atStation');
    if (may === 'watching' && !lock.unlocked()) return fail('staff.locked');
    if (may === 'desk') {
      const open = lock.guard();
      if (!open.ok) return open;
      if (!NOT_TOLD.includes(name)) onUsed(name);
    }
    const answer = await handle(payload);
    return paired() ? answer : fail('tablet.unpaired');
  };
}
