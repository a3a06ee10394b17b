import { randomUUID } from 'node:crypto';
import { must, PIN, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import { StubRoster } from '../../src/main/station/tests/stub-roster.ts';
import type { SceneBook } from './scene-book.ts';
import { ACCEPTED, ORDER } from './scene-samples.ts';
import { takeShot } from './scene-steps.ts';

/** A day without a network, at a station that has the school's roster. */

const PEOPLE = [
  { maskedName: '张*明', finders: ['20230001', '张小明'] },
  { maskedName: '张*明', finders: ['20230862', '张小明'] },
  { maskedName: '欧**娜', finders: ['20230003', '欧阳小娜'] },
  { maskedName: '李*', finders: ['20230004', '李四'] },
] as const;

export async function recordOffline(book: SceneBook, rig: StationRig): Promise<void> {
  const roster = new StubRoster(rig.server.service);
  const entries = PEOPLE.map((person) => ({ ...person, entryId: randomUUID() }));
  for (const { finders, ...person } of entries) roster.add({ ...person, finders: [...finders] });
  roster.payer = 'graduate';
  rig.server.offline = roster;
  await must(rig, 'staff.unlock', { pin: PIN });
  const taken = () => rig.station().snapshot().connection.takesNewOffline === true;
  await rig.until(taken, 'the roster is here');
  await must(rig, 'staff.lock');
  for (const [index, { entryId }] of entries.entries()) {
    const code = codeOf(index);
    rig.server.addOrder({ ...ORDER }, code);
    Object.assign(rig.server.codes.get(code) ?? {}, { entryId });
  }
  rig.server.down = true;
  await rig.until(() => !rig.station().snapshot().connection.online, 'the loss is noticed');
  await recordVisit(book, rig, entries[0]?.entryId ?? '');
  // Another person's code, and one that is not known any more.
  await handIn(rig, codeOf(0), entries[1]?.entryId ?? '');
  await handIn(rig, 'a-code-that-has-run-out', entries[2]?.entryId ?? '');
  rig.server.down = false;
  const settled = () => rig.server.calls.filter((id) => id === 'confirmOfflineVisit').length === 3;
  await rig.until(settled, 'the server has answered');
  rig.server.down = true;
  await rig.until(() => !rig.station().snapshot().connection.online, 'it is lost again');
  await handIn(rig, codeOf(3), entries[3]?.entryId ?? '');
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-offline', rig);
}

const codeOf = (index: number) => `sealed-enrolment-of-person-${index}`;

async function recordVisit(book: SceneBook, rig: StationRig, entryId: string): Promise<void> {
  await must(rig, 'session.enter');
  book.keep('offline-scan', rig);
  await must(rig, 'session.submitCode', { payload: codeOf(0), source: 'camera' });
  book.keep('offline-identify', rig);
  await must(rig, 'staff.unlock', { pin: PIN });
  book.keep('staff-identify', rig);
  const found = [
    await rig.run('staff.offlineSearch', { text: '张小明' }),
    await rig.run('staff.offlineSearch', { text: '20239999' }),
  ];
  book.answers = { ...book.answers, 'staff.offlineSearch': found };
  await must(rig, 'staff.identify', { entryId });
  await must(rig, 'staff.lock');
  book.keep('offline-verify', rig);
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await openFirst(rig);
  book.keep('offline-order-detail', rig);
  await must(rig, 'session.beginOrder');
  book.keep('offline-service', rig);
  await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
  await shoot(rig);
  await must(rig, 'session.handIn');
  book.keep('offline-handed-in', rig);
  await must(rig, 'session.leave');
}

async function openFirst(rig: StationRig): Promise<void> {
  const { session } = rig.station().snapshot();
  const orderId = session.step === 'orders' ? (session.orders[0]?.orderId ?? '') : '';
  await must(rig, 'session.openOrder', { orderId });
}

async function shoot(rig: StationRig): Promise<void> {
  rig.engine.verdict = ACCEPTED;
  await must(rig, 'session.toCamera');
  await takeShot(rig);
  await must(rig, 'session.keep');
  await must(rig, 'session.judge');
}

async function handIn(rig: StationRig, code: string, entryId: string): Promise<void> {
  await must(rig, 'session.enter');
  await must(rig, 'session.submitCode', { payload: code, source: 'camera' });
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.identify', { entryId });
  await must(rig, 'staff.lock');
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await openFirst(rig);
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
  await shoot(rig);
  await must(rig, 'session.handIn');
  await must(rig, 'session.leave');
}
