import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RouteOutput } from '@gradshot/contract';
import type { DeliveryState, StandardizationReport } from '@gradshot/domain';
import { buildCheck, buildRefusedPhoto, buildReport, buildStudent } from '@gradshot/testkit';
import {
  BRIO,
  nativeStandIn,
  PRINTER,
  XENON,
} from '../../src/main/station/devices/tests/bus-stand-in.ts';
import { openUsbBus } from '../../src/main/station/devices/usb-bus.ts';
import { settle } from '../../src/main/station/ground/tests/rig-clock.ts';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
} from '../../src/main/station/tests/station-rig.ts';
import type { CommandName, SessionStep, StationSnapshot } from '../../src/shared/index.ts';
import type { Recording } from './station-double.ts';

/** What a real station showed, and when by its clock: what counts down is looked at from then. */
export type Scene = { readonly snapshot: StationSnapshot; readonly at: number };

/**
 * A real station core is led to everything that a page can look like; the network, the server and
 * the imaging engine are doubles. One scene for each state of a page that looks different. Nothing
 * here says what a page shows: that is the station's word.
 */
export class SceneBook {
  readonly scenes = new Map<string, Scene>();
  /** What the station answered on the staff page. */
  answers: NonNullable<Recording['answers']> = {};

  keep(name: string, rig: StationRig): void {
    this.scenes.set(name, { snapshot: rig.station().snapshot(), at: rig.clock.now() });
  }

  /** Names of the scenes of visits; the others have tests of their own. */
  visits(): string[] {
    return [...this.scenes.keys()].filter((name) => !/^(staff|new-station)/.test(name));
  }

  at(name: string): Scene {
    const scene = this.scenes.get(name);
    if (!scene) throw new Error(`no scene is named ${name}`);
    return scene;
  }
}

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
  await withStation(book, recordStaff);
  await withStation(book, recordQueue);
  await withStation(book, recordDamage);
  await recordBroken(book);
  expectEveryStep(book);
  return book;
}

/** A new step fails the types here, and every page's test until a scene shows it. */
const STEPS: Readonly<Record<SessionStep, true>> = {
  ...{ welcome: true, scanCode: true, verify: true, orders: true, orderDetail: true },
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

async function shootAgain(
  rig: StationRig,
  verdict: StationRig['engine']['verdict'],
): Promise<void> {
  rig.engine.verdict = verdict;
  await must(rig, 'session.retake');
  await takeShot(rig);
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
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

async function toLastFour(rig: StationRig, code: string): Promise<void> {
  await must(rig, 'session.submitCode', { payload: code, source: 'camera' });
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await settle();
}

async function recordRefusal(book: SceneBook, rig: StationRig): Promise<void> {
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'c');
  await park(rig, 'c');
  book.keep('handed-in-parked', rig);
}

async function recordStaff(book: SceneBook, rig: StationRig): Promise<void> {
  for (const code of ['c', 'd'])
    rig.server.addOrder(
      { ...ORDER, orderNo: `${ORDER.orderNo}${code}`, state: 'pendingCapture' },
      code,
    );
  await park(rig, 'c');
  await must(rig, 'session.leave');
  await handInReleased(rig, 'd');
  rig.server.settings = { ...rig.server.settings, sample: false };
  rig.server.down = true;
  await rig.until(() => !rig.station().snapshot().connection.online, 'the loss is noticed');
  // Coming back it asks for the settings anew.
  rig.server.down = false;
  await rig.until(() => !rig.station().snapshot().station.sample, 'the settings are told');
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.rememberUsbDevices');
  book.keep('staff', rig);
  book.answers = Object.fromEntries(
    await Promise.all(
      ANSWERED.map(async (name) => [name, { ok: true, value: await must(rig, name) }] as const),
    ),
  );
  await recordTakings(rig);
  const day = '2026-11-23';
  const report = { ok: true, value: await must(rig, 'staff.dayReport', { day }) } as const;
  book.answers = { ...book.answers, 'staff.dayReport': report };
}

/** Two fees that staff take, for the report of the day. */
async function recordTakings(rig: StationRig): Promise<void> {
  rig.server.settings = { ...rig.server.settings, rights: ['takeCash', 'chargeSchool'] };
  for (const taken of [{ method: 'cash', receiptNo: 'ZJ-000121' }, { method: 'school' }] as const) {
    rig.server.addOrder({ ...ORDER }, taken.method);
    await openOrder(rig, taken.method);
    await must(rig, 'session.beginOrder');
    await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
    await must(rig, 'staff.recordPayment', taken);
    await must(rig, 'session.leave');
  }
}

/** Staff with a line before their desk. */
async function recordQueue(book: SceneBook, rig: StationRig): Promise<void> {
  const people = ['张*明', '李*', '王*华', '欧**娜', '陈*宇', '赵*'];
  for (const [index, maskedName] of people.entries()) {
    rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, `q${index}`);
    rig.server.codes.get(`q${index}`)!.maskedName = maskedName;
  }
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-queue-empty', rig);
  const entry = (index: number) => rig.station().snapshot().queue?.entries[index]?.id ?? '';
  for (const index of people.keys()) {
    await must(rig, 'staff.queueCheckIn', { payload: `q${index}` });
    await rig.clock.advance(60_000);
  }
  await must(rig, 'staff.queueCall', {});
  await must(rig, 'staff.queueMiss', { id: entry(0) });
  await must(rig, 'staff.queueCall', {});
  await must(rig, 'staff.queueBegin', { id: entry(1) });
  await must(rig, 'session.leave');
  book.keep('staff-queue', rig);
  rig.server.roster.push(
    ...['软工2301', '软工2302', '新闻2301'].map((className, index) => ({
      names: ['张小明'],
      person: {
        entryId: randomUUID(),
        maskedName: '张*明',
        studentNumberEnd: `300${index + 1}`,
        college: index < 2 ? '计算机学院' : '文学院',
        className,
      },
    })),
  );
  const found = [
    await rig.run('staff.queueSearch', { text: '张小明' }),
    await rig.run('staff.queueSearch', { text: '2023999' }),
  ];
  book.answers = { ...book.answers, 'staff.queueSearch': found };
  await must(rig, 'staff.queueCall', { id: entry(2) });
  book.keep('staff-queue-called', rig);
  rig.server.failNext('resolveCode', { code: 'code.expired' });
  await rig.run('staff.queueBegin', { id: entry(2) });
  await must(rig, 'failure.dismiss');
  book.keep('staff-queue-code-expired', rig);
  await must(rig, 'staff.queueMiss', { id: entry(2) });
  await must(rig, 'staff.queueCall', {});
  await must(rig, 'staff.queueBegin', { id: entry(1) });
  await must(rig, 'staff.queueCall', {});
  rig.server.down = true;
  rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, 'late');
  await must(rig, 'staff.queueCheckIn', { payload: 'late' });
  book.keep('staff-queue-visit-under-way', rig);
}

/** The database is lost, and then with it who the station is; the photos are there. */
async function recordDamage(book: SceneBook, rig: StationRig): Promise<void> {
  for (const code of ['c', 'd']) rig.server.addOrder({ ...ORDER, state: 'pendingCapture' }, code);
  rig.server.cut.add('deliverPhoto');
  for (const code of ['c', 'd']) {
    await toJudged(rig, code);
    await must(rig, 'session.handIn');
    await must(rig, 'session.leave');
  }
  const lose = async (...names: readonly string[]) => {
    await rig.station().close();
    for (const name of names) rmSync(join(rig.dir, name), { recursive: true, force: true });
    await rig.reopen({ enrol: undefined as never });
  };
  await lose('station.db', 'backups');
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-recovered', rig);
  await lose('station.db', 'backups', 'station.identity');
  book.keep('new-station-waiting', rig);
}

const ANSWERED = [
  'staff.outbox',
  'staff.usbDevices',
  'staff.diagnostics',
  'staff.exportDiagnostics',
  'dev.faults',
] as const satisfies readonly CommandName[];

async function toJudged(rig: StationRig, code: string): Promise<void> {
  rig.engine.verdict = ACCEPTED;
  await openOrder(rig, code);
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  await takeShot(rig);
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
}

/** Handed in, and refused by the server for good. */
async function park(rig: StationRig, code: string): Promise<void> {
  const details = { reason: 'profile chsi-480x640 v1' };
  rig.server.failNext('deliverPhoto', { code: 'photo.notStandard', details });
  await toJudged(rig, code);
  await must(rig, 'session.handIn');
  await rig.until(() => rig.station().snapshot().connection.parked === 1, 'it is parked');
}

/** Refused by the machine and released by staff: the report of the day tells of it. */
async function handInReleased(rig: StationRig, code: string): Promise<void> {
  await toJudged(rig, code);
  await shootAgain(rig, REFUSED);
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.releasePhoto', { cause: 'misjudged', text: '' });
  await must(rig, 'staff.lock');
  await must(rig, 'session.handIn');
  await must(rig, 'session.leave');
}

async function takeShot(rig: StationRig): Promise<void> {
  const picture = fakeJpeg(`${rig.clock.now()}`);
  await must(rig, 'session.takeShot', { picture, width: 4000, height: 3000 });
}

function isOnItsWay(rig: StationRig, delivery: DeliveryState): boolean {
  const { session } = rig.station().snapshot();
  const local = session.step === 'handedIn' ? session.order.local : undefined;
  return local?.step === 'handedIn' && local.delivery === delivery;
}

/** Somebody stays to watch: the last page would go by itself. */
async function untilState(rig: StationRig, state: string): Promise<void> {
  await rig.until(() => {
    void rig.run('station.touch');
    const { session } = rig.station().snapshot();
    return session.step === 'handedIn' && session.order.state === state;
  }, state);
}

const SCHOOL = '江海大学';
const student = buildStudent({ school: SCHOOL });

const ORDER = {
  orderNo: 'G20261123000186',
  batchName: '2027 届本科毕业生图像采集（第一批）',
  school: SCHOOL,
  student,
} as const;

const PUBLISHED = {
  ...ORDER,
  orderNo: 'G20241108000032',
  batchName: '2025 届专科毕业生图像采集',
  state: 'published',
  updatedAt: '2024-12-02T03:00:00.000Z',
} as const;

const REASONS = [
  { code: 'glasses.glare', zh: '眼镜有反光，请调整角度或摘下眼镜。', en: 'Glare on the glasses.' },
  { code: 'hair.brow', zh: '头发遮住眉毛，请露出额头和双耳。', en: 'Hair covers the brow.' },
];

const SETTINGS = {
  stationName: '图书馆一楼 1 号机',
  school: SCHOOL,
  customerService: {
    phone: '400-800-1234',
    hours: '周一至周六 8:30–18:00',
    faq: [
      {
        questionZh: '审核未通过需要重新付费吗？',
        answerZh: '不需要。按未通过的原因重新拍照并提交即可，一次付费包含全部服务。',
        questionEn: 'Do I pay again after a rejection?',
        answerEn: 'No. Retake the photo as the reason says and submit it again.',
      },
      {
        questionZh: '采集码截图为什么识别不了？',
        answerZh: '截图可能被压缩。请在获取页面长按二维码保存原图，再选择「相册识别」。',
        questionEn: 'Why is my screenshot not recognised?',
        answerEn: 'Screenshots may be compressed. Save the original by a long press.',
      },
      {
        questionZh: '可以戴眼镜拍照吗？',
        answerZh: '常戴眼镜者可以佩戴，镜片不能有色、不能反光，镜框不能遮住眼睛。',
        questionEn: 'May I wear glasses?',
        answerEn: 'Yes if you always do: clear lenses, no glare, eyes free.',
      },
    ],
  },
} satisfies Partial<RouteOutput<'getStationSettings'>>;

const SERVICE: RouteOutput<'getService'> = {
  priceFen: 2500,
  items: [
    { zh: '现场图像采集', en: 'Photo on site' },
    { zh: '图像标准化制作', en: 'Standard photo' },
    { zh: '人工审核与免费重拍', en: 'Review by a person, free retakes' },
    { zh: '上传学信网并跟踪结果', en: 'Submission to CHSI and follow-up' },
    { zh: '电子标准照与排版照下载', en: 'Standard photo and print sheet to download' },
  ],
  consents: [
    {
      kind: 'service',
      version: '2026-10',
      zh: '本服务由学校委托的图像采集机构提供，用于学历证书电子注册的图像采集、标准化制作、审核与上传。您支付的费用包含全部服务，审核未通过可免费重拍。采集机构仅为上述目的处理您的学籍信息，并按约定期限删除。',
      en: 'This service is provided by the agency that your school has entrusted, for collecting, standardising, reviewing and submitting your graduation photo. The fee covers everything; retakes after a rejection are free. Your data are used for this purpose alone and deleted as agreed.',
    },
    {
      kind: 'faceProcessing',
      version: '2026-10',
      zh: '为制作标准照并核验本人身份，我们需要在本机上处理您的人脸信息：定位五官、测量姿态与清晰度、分离背景，并与您的学籍照片进行辅助比对，最终由人工审核。人脸信息属于敏感个人信息，仅在必要期限内加密保存。您可以拒绝，并选择其他采集方式。',
      en: 'To make the standard photo and check your identity, your face data are processed on this station: features, pose, sharpness, separation from the background, and an advisory comparison with your admission photo; a person decides. Face data are sensitive; they are kept encrypted and no longer than needed. You may refuse and choose another way.',
    },
  ],
};

/** What staff found, with one point that they did not look at. */
const SEEN = {
  'face.person': 'kept',
  'posture.earsForehead': 'kept',
  'accessories.glasses': 'notKept',
  'accessories.none': 'kept',
  'face.noMakeup': 'kept',
  'clothes.formal': 'kept',
} as const;

const FACE = { x: 0.4, y: 0.2, width: 0.2, height: 0.35 };

const CHECKS: StandardizationReport['checks'] = [
  buildCheck('clothes.blue', {
    level: 'fail',
    value: 62,
    limit: 15,
    zh: '衣服是蓝色，换背景后会与背景混在一起，请换一件非蓝色的有领衣服。',
    en: 'The clothes are blue like the background. Please change into another colour.',
    hint: { x: 0.24, y: 0.62, width: 0.52, height: 0.36 },
  }),
  buildCheck('eyes.open', {
    level: 'fail',
    value: 0.14,
    limit: 0.18,
    zh: '眼睛没有完全睁开，请看镜头、自然睁眼后重拍。',
    en: 'The eyes are not fully open. Look into the camera and shoot again.',
    hint: { x: 0.42, y: 0.36, width: 0.16, height: 0.06 },
  }),
  buildCheck('light.evenness', {
    level: 'warn',
    value: 0.57,
    limit: 0.6,
    zh: '脸部左右亮度有差别，请正对光源站立。',
    en: 'One half of the face is darker. Face the light.',
    hint: FACE,
  }),
];

const mixed = (found: StandardizationReport['checks']): StandardizationReport['checks'] => [
  ...found,
  ...buildReport().checks.filter(({ code }) => !found.some((check) => check.code === code)),
];

const BLURRED = buildRefusedPhoto('picture.sharpness');
const IMPROVABLE = buildReport({
  checks: mixed([
    buildCheck('pose.roll', {
      level: 'warn',
      value: 2.6,
      limit: 2.5,
      unit: '°',
      zh: '请把头向右摆正一点。',
      en: 'Straighten the head a little to your right.',
      hint: FACE,
    }),
  ]),
});
const ACCEPTED = buildReport({ checks: mixed(CHECKS.slice(2)) });
const REFUSED: StandardizationReport = {
  ...buildReport({ checks: mixed(CHECKS) }),
  accepted: false,
  reason: {
    code: 'clothes.blue',
    zh: CHECKS[0]?.zh ?? '',
    en: CHECKS[0]?.en ?? '',
  },
};
