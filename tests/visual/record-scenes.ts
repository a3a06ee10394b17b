import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BRIO,
  nativeStandIn,
  PRINTER,
  XENON,
} from '../../src/main/station/devices/tests/bus-stand-in.ts';
import { openUsbBus } from '../../src/main/station/devices/usb-bus.ts';
import { settle } from '../../src/main/station/ground/tests/rig-clock.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
} from '../../src/main/station/tests/station-rig.ts';
import type { SessionStep } from '../../src/shared/index.ts';
import { recordGphoto2 } from './record-gphoto2-scenes.ts';
import { recordOffline } from './record-offline-scenes.ts';
import { recordPrinting } from './record-print-scenes.ts';
import { recordScreens } from './record-screen-scenes.ts';
import { recordClass, recordDamage, recordQueue, recordStaff } from './record-staff-scenes.ts';
import { recordTablets } from './record-tablet-scenes.ts';
import { SceneBook } from './scene-book.ts';
import {
  ACCEPTED,
  BLURRED,
  IMPROVABLE,
  ORDER,
  PUBLISHED,
  REASONS,
  REFUSED,
  SEEN,
  SERVICE,
  SETTINGS,
} from './scene-samples.ts';
import {
  isOnItsWay,
  park,
  shootAgain,
  takeShot,
  toJudged,
  toLastFour,
  untilState,
} from './scene-steps.ts';

let recorded: Promise<SceneBook> | undefined;

/** Once for all screens that a process looks at. */
export function recordScenes(): Promise<SceneBook> {
  recorded ??= recordAnew();
  return recorded;
}

async function recordAnew(): Promise<SceneBook> {
  const book = new SceneBook();
  await withStation(book, recordEntrance);
  await withStation(book, recordOrders);
  await withStation(book, recordPayment);
  await withStation(book, recordPhoto);
  await withStation(book, recordDelivery);
  await withStation(book, recordRefusal);
  await withStation(book, recordExpress);
  await withStation(book, recordTethered);
  await withStation(book, recordGphoto2);
  await withStation(book, recordStaff);
  await withStation(book, recordQueue);
  await withStation(book, recordClass);
  await withStation(book, recordOffline);
  await withStation(book, recordScreens);
  await withStation(book, recordTablets);
  await withStation(book, recordDamage);
  await recordPrinting(book);
  await recordBroken(book);
  expectEveryStep(book);
  return book;
}

/** A new step fails the types here, and every page's test until a scene shows it. */
const STEPS: Readonly<Record<SessionStep, true>> = {
  ...{
    welcome: true,
    scanCode: true,
    identify: true,
    verify: true,
    orders: true,
    orderDetail: true,
  },
  ...{ service: true, payment: true, requirements: true, camera: true, reviewShot: true },
  ...{ kept: true, judging: true, judged: true, handedIn: true },
};

function expectEveryStep({ scenes }: SceneBook): void {
  const shown = new Set([...scenes.values()].map(({ snapshot }) => snapshot.session.step));
  const missing = Object.keys(STEPS).filter((step) => !shown.has(step as SessionStep));
  if (missing.length > 0) throw new Error(`no scene shows ${missing.join(', ')}`);
}

type Recorder = (book: SceneBook, rig: StationRig) => Promise<void>;

async function withStation(book: SceneBook, record: Recorder): Promise<void> {
  const native = nativeStandIn([BRIO, XENON, PRINTER]);
  const rig = await openRig(
    { version: '0.1.0' },
    (server) => {
      server.settings = { ...server.settings, ...SETTINGS };
      server.service = SERVICE;
    },
    { openUsb: (clock, onPlug) => openUsbBus(clock, onPlug, async () => native) },
  );
  try {
    await record(book, rig);
  } finally {
    await rig.close();
  }
}

/** Before anybody can be served: no enrolment, no imaging. */
async function recordBroken(book: SceneBook): Promise<void> {
  const fresh = await openRig({ version: '0.1.0', enrol: undefined as never });
  book.keep('new-station', fresh);
  await fresh.close();
  const missing = Object.assign(new Error('no model'), {
    failure: { code: 'imaging.modelMissing', details: { file: 'detector.onnx' } },
  });
  const imaging = Promise.reject(missing);
  // The station looks at it only once it is open.
  imaging.catch(() => undefined);
  const broken = await openRig({ version: '0.1.0', imaging });
  await settle();
  book.keep('welcome-imaging-failed', broken);
  await broken.close();
}

async function recordEntrance(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER }, 'c');
  rig.server.codes.set('nothing', { lastFour: '1234', orderIds: [] });
  book.keep('welcome', rig);
  await must(rig, 'session.enter');
  book.keep('scan-camera-missing', rig);
  await must(rig, 'session.submitCode', { payload: 'c', source: 'camera' });
  book.keep('verify', rig);
  await rig.run('session.confirmLastFour', { lastFour: '9999' });
  book.keep('verify-wrong', rig);
  rig.server.codes.get('c')!.locked = true;
  await rig.run('session.confirmLastFour', { lastFour: '9999' });
  book.keep('verify-locked', rig);
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-locked-visit-no-right', rig);
  rig.server.settings = { ...rig.server.settings, rights: ['liftLock'] };
  await must(rig, 'staff.lock');
  await must(rig, 'staff.unlock', { pin: PIN });
  await rig.until(() => rig.station().snapshot().station.rights.length > 0, 'the right is told');
  book.keep('staff-locked-visit', rig);
  await must(rig, 'staff.lock');
  await must(rig, 'session.leave');
  await must(rig, 'session.enter');
  await must(rig, 'session.submitCode', { payload: 'nothing', source: 'camera' });
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  book.keep('orders-empty', rig);
}

async function recordOrders(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER }, 'c');
  rig.server.addOrder({ ...PUBLISHED }, 'c');
  rig.server.addOrder({ ...ORDER, state: 'rejected', reasons: REASONS }, 'rejected');
  rig.server.addOrder({ ...ORDER, state: 'refunded' }, 'refunded');
  rig.server.addOrder({ ...ORDER, profileVersion: 9 }, 'mismatch');
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'paid');
  await openOrder(rig, 'c');
  book.keep('order-detail', rig);
  await must(rig, 'session.back');
  book.keep('orders', rig);
  await rig.until(() => rig.station().snapshot().idleSecondsLeft !== undefined, 'the warning');
  book.keep('idle', rig);
  await must(rig, 'session.leave');
  for (const code of ['rejected', 'refunded', 'mismatch']) {
    await openOrder(rig, code);
    if (code === 'mismatch') await rig.run('session.beginOrder');
    book.keep(`order-detail-${code}`, rig);
    await must(rig, 'session.leave');
  }
  await openOrder(rig, 'paid');
  await must(rig, 'session.handOver');
  book.keep('handover', rig);
  for (let i = 0; i < 6; i++) {
    await rig.clock.advance(60_000);
    await must(rig, 'station.touch');
  }
  rig.server.down = true;
  await rig.run('session.handOver');
  book.keep('handover-expired', rig);
}

async function recordPayment(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  book.keep('service', rig);
  await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
  book.keep('payment', rig);
  rig.server.settings = { ...rig.server.settings, rights: ['takeCash', 'chargeSchool'] };
  await must(rig, 'staff.unlock', { pin: PIN });
  await rig.until(() => rig.station().snapshot().station.rights.length > 0, 'the rights are told');
  book.keep('staff-unpaid-visit', rig);
  rig.server.down = true;
  await rig.until(() => !rig.station().snapshot().connection.online, 'the loss is noticed');
  book.keep('staff-unpaid-visit-offline', rig);
  rig.server.down = false;
  await rig.until(() => rig.station().snapshot().connection.online, 'it is back');
  await must(rig, 'staff.lock');
  for (const [id, payment] of rig.server.payments)
    rig.server.payments.set(id, { ...payment, state: 'expired' });
  await rig.until(() => rig.station().snapshot().failure !== undefined, 'the code ran out');
  book.keep('payment-expired', rig);
}

async function recordPhoto(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  book.keep('requirements', rig);
  await must(rig, 'session.toCamera');
  book.keep('camera', rig);
  await takeShot(rig);
  book.keep('review-shot', rig);
  await must(rig, 'dev.setFault', { fault: 'diskFull', on: true });
  await rig.run('session.keep');
  book.keep('review-disk-full', rig);
  await must(rig, 'dev.setFault', { fault: 'diskFull', on: false });
  await must(rig, 'session.keep');
  book.keep('kept', rig);
  await recordJudging(book, rig);
  book.keep('judged-accepted', rig);
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('judged-desk', rig);
  await must(rig, 'staff.recordOnSite', { answers: SEEN, note: '本人左眼佩戴义眼' });
  book.keep('judged-desk-seen', rig);
  await must(rig, 'staff.lock');
  await shootAgain(rig, REFUSED);
  book.keep('judged-refused', rig);
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('judged-desk-refused', rig);
  await must(rig, 'staff.recordOnSite', { answers: SEEN });
  await must(rig, 'staff.releasePhoto', { cause: 'health', text: '面瘫，左眼不能完全睁开' });
  book.keep('judged-desk-released', rig);
  await must(rig, 'staff.lock');
  book.keep('judged-released', rig);
  await shootAgain(rig, BLURRED);
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('judged-desk-never', rig);
  await must(rig, 'staff.lock');
  await shootAgain(rig, 'nothing');
  book.keep('judged-no-face', rig);
}

async function recordJudging(book: SceneBook, rig: StationRig): Promise<void> {
  let release = () => {};
  rig.engine.gate = new Promise((resolve) => {
    release = resolve;
  });
  rig.engine.verdict = ACCEPTED;
  const judged = must(rig, 'session.judge');
  await settle();
  book.keep('judging', rig);
  release();
  await judged;
  rig.engine.gate = undefined;
}

/** Handed in without network, then until the review is over. */
async function recordDelivery(book: SceneBook, rig: StationRig): Promise<void> {
  const { orderId } = rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  await toJudged(rig, 'c');
  rig.server.down = true;
  await must(rig, 'session.handIn');
  await rig.until(() => !rig.station().snapshot().connection.online, 'the loss is noticed');
  book.keep('handed-in-offline', rig);
  await must(rig, 'session.back');
  book.keep('orders-offline', rig);
  await must(rig, 'session.openOrder', { orderId });
  book.keep('order-detail-offline', rig);
  await must(rig, 'session.beginOrder');
  const busy = Array.from({ length: 4 }, () => ({ code: 'server.busy' as const }));
  rig.server.failNext('deliverPhoto', ...busy);
  rig.server.down = false;
  for (const delivery of ['sending', 'queued'] as const) {
    await rig.until(() => isOnItsWay(rig, delivery), delivery);
    await must(rig, 'station.touch');
    book.keep(`handed-in-${delivery}`, rig);
  }
  await must(rig, 'session.handOver');
  book.keep('handover-waiting', rig);
  await must(rig, 'session.closeHandover');
  await untilState(rig, 'underReview');
  book.keep('handed-in', rig);
  rig.server.apply(orderId, 'reject', 'reviewer', { reasons: REASONS });
  await untilState(rig, 'rejected');
  book.keep('handed-in-rejected', rig);
}

/** What a staffed lane shows otherwise. */
async function recordExpress(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER }, 'c');
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'paid');
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setPace', { pace: 'express' });
  await must(rig, 'staff.lock');
  book.keep('express-welcome', rig);
  await toLastFour(rig, 'c');
  book.keep('express-service', rig);
  await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
  book.keep('express-payment', rig);
  await must(rig, 'session.leave');
  await toLastFour(rig, 'paid');
  await rig.until(() => rig.station().snapshot().session.step === 'camera', 'the camera');
  rig.engine.verdict = IMPROVABLE;
  await takeShot(rig);
  await rig.until(() => rig.station().snapshot().session.step === 'judged', 'the judgement');
  book.keep('express-judged-improvable', rig);
  await must(rig, 'session.handIn');
  book.keep('express-handed-in', rig);
}

/** Photos out of a folder: waiting for one, and with the folder gone. */
async function recordTethered(book: SceneBook, rig: StationRig): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'photos-'));
  const tethered = () => rig.station().snapshot().tethered;
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setPortraitSource', { source: { kind: 'watchFolder', folder } });
  await must(rig, 'staff.lock');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  await rig.until(() => tethered()?.listening === true, 'a picture counts');
  book.keep('camera-folder', rig);
  rmSync(folder, { recursive: true });
  await rig.until(() => tethered()?.state.kind === 'failed', 'the loss is noticed');
  book.keep('camera-folder-missing', rig);
}

async function recordRefusal(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  await park(rig, 'c');
  book.keep('handed-in-parked', rig);
}
