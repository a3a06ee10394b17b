import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { must, openOrder, PIN, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import { CLASS } from '../../src/main/station/tests/stub-server.ts';
import type { CommandName } from '../../src/shared/index.ts';
import type { SceneBook } from './scene-book.ts';
import { ORDER } from './scene-samples.ts';
import { handInReleased, park, toJudged } from './scene-steps.ts';

/** The pages behind the PIN, and what staff find after damage. */

const ANSWERED = [
  'staff.outbox',
  'staff.usbDevices',
  'staff.diagnostics',
  'staff.exportDiagnostics',
  'dev.faults',
] as const satisfies readonly CommandName[];

export async function recordStaff(book: SceneBook, rig: StationRig): Promise<void> {
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
export async function recordTakings(rig: StationRig): Promise<void> {
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
export async function recordQueue(book: SceneBook, rig: StationRig): Promise<void> {
  const people = ['张*明', '李*', '王*华', '欧**娜', '陈*宇'];
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

/** 手机到场 at the door, and a class that staff work through. */
export async function recordClass(book: SceneBook, rig: StationRig): Promise<void> {
  const names = ['张*明', '李*', '王*华', '欧**娜'];
  rig.server.classPeople = names.map((maskedName, index) => {
    const { orderId } = rig.server.addOrder(
      { ...ORDER, state: index === 0 ? 'underReview' : 'pendingCapture' },
      `class${index}`,
    );
    const state = rig.server.orders.get(orderId)?.state ?? 'pendingCapture';
    return {
      ...{ entryId: randomUUID(), personId: `p${index}`, maskedName },
      studentNumberEnd: `300${index + 1}`,
      ...(index === 3 ? {} : { order: { orderId, state } }),
    };
  });
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setArrivals', { open: true });
  await rig.until(() => rig.station().snapshot().arrivals?.qrText !== undefined, 'a code');
  const classes = { ok: true, value: await must(rig, 'staff.classes') } as const;
  book.answers = { ...book.answers, 'staff.classes': classes };
  book.keep('staff-arrivals', rig);
  await must(rig, 'staff.openClass', CLASS);
  const entry = (index: number) => rig.server.classPeople[index]?.entryId ?? '';
  await must(rig, 'staff.markAbsent', { entryId: entry(1), absent: true });
  book.keep('staff-class', rig);
  await must(rig, 'staff.beginOfClass', { entryId: entry(3) });
  rig.server.down = true;
  await rig.until(() => rig.station().snapshot().arrivals?.qrText === undefined, 'no code');
  book.keep('staff-class-offline', rig);
  await must(rig, 'staff.lock');
  book.keep('welcome-arrivals-away', rig);
  rig.server.down = false;
  await rig.until(() => rig.station().snapshot().arrivals?.qrText !== undefined, 'a code again');
  book.keep('welcome-arrivals', rig);
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setPace', { pace: 'express' });
  await must(rig, 'staff.lock');
  book.keep('welcome-arrivals-express', rig);
}

/** The database is lost, and then with it who the station is; the photos are there. */
export async function recordDamage(book: SceneBook, rig: StationRig): Promise<void> {
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
