import { randomUUID } from 'node:crypto';
import { ok } from '@gradshot/domain';
import { afterEach, expect, it } from 'vitest';
import type { Store } from '../store/store.ts';
import { openStoreRig } from '../store/tests/store-rig.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  SERVER_URL,
  type StationRig,
  shoot,
} from '../tests/station-rig.ts';
import { ENROLMENT_CODE } from '../tests/stub-server.ts';
import { type EnrolmentOptions, enrolByStaff } from './enrolment.ts';

let rig: StationRig;
afterEach(() => rig.close());

const ENROLMENT = { serverUrl: SERVER_URL, code: ENROLMENT_CODE, name: '一号', pin: PIN };
const snapshot = () => rig.station().snapshot();

it('a station that nobody enrolled serves nobody, until staff do', async () => {
  rig = await openRig({ enrol: undefined as never });
  expect(snapshot().station).toMatchObject({ enrolled: false });
  expect(await rig.run('session.enter')).toMatchObject({ error: { code: 'station.notEnrolled' } });
  expect(await rig.run('staff.unlock', { pin: PIN })).toMatchObject({
    error: { code: 'station.notEnrolled' },
  });
  expect(await rig.run('staff.enrol', { ...ENROLMENT, code: 'WRONG-1' })).toMatchObject({
    error: { code: 'station.enrolmentCodeInvalid' },
  });
  expect(snapshot().station.enrolled).toBe(false);
  await must(rig, 'staff.enrol', ENROLMENT);
  await rig.until(() => snapshot().station.sample, 'the settings arrive');
  expect(snapshot().station).toMatchObject({ enrolled: true, school: '示例大学' });
  await must(rig, 'session.enter');
  await must(rig, 'staff.unlock', { pin: PIN });
});

it('a new station proposes the server it was started for, an enrolled one keeps its own', async () => {
  rig = await openRig({ enrol: undefined as never, serverUrl: 'https://photo.test' });
  expect(snapshot().station.serverUrl).toBe('https://photo.test');
  await must(rig, 'staff.enrol', ENROLMENT);
  expect(snapshot().station.serverUrl).toBe(SERVER_URL);
});

it('who forgot the PIN sets another by enrolling again, however often it was guessed', async () => {
  rig = await openRig();
  for (let i = 0; i < 5; i++) await rig.run('staff.unlock', { pin: '0000' });
  expect(await rig.run('staff.unlock', { pin: PIN })).toMatchObject({
    error: { code: 'request.tooMany' },
  });
  await must(rig, 'staff.enrol', { ...ENROLMENT, pin: '2468' });
  expect(await rig.run('staff.unlock', { pin: PIN })).toMatchObject({
    error: { code: 'staff.pinWrong' },
  });
  await must(rig, 'staff.unlock', { pin: '2468' });
});

it('another server needs the staff page, and nothing left for the present one', async () => {
  rig = await openRig();
  const other = { ...ENROLMENT, serverUrl: 'http://other.test' };
  expect(await rig.run('staff.enrol', other)).toMatchObject({ error: { code: 'staff.locked' } });
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  rig.server.down = true;
  await shoot(rig, 'c');
  await must(rig, 'staff.unlock', { pin: PIN });
  expect(await rig.run('staff.enrol', other)).toMatchObject({
    error: { code: 'station.outboxNotEmpty', details: { count: 1 } },
  });
});

/** Staff's way, with a server that gives a key of that many characters. */
function optionsFor(store: Store, keyLength: number): EnrolmentOptions {
  const told = { stationId: randomUUID(), deviceKey: 'k'.repeat(keyLength), school: '示例大学' };
  return {
    store,
    connect: () => ({ call: async () => ok(told) }),
    reach: {
      link: { enrolment: () => undefined, renew: () => undefined },
      connection: { watch: (client: unknown) => client },
    },
    pinCost: 2,
    forgetTries: () => undefined,
    onEnrolled: () => undefined,
  } as unknown as EnrolmentOptions;
}

it('hears every change anew, for another school counts its own', async () => {
  rig = await openRig({ enrol: undefined as never });
  const { store, close } = await openStoreRig();
  store.orders.setCheckpoint(5000);
  expect(await enrolByStaff(optionsFor(store, 40), ENROLMENT)).toMatchObject({ ok: true });
  expect(store.orders.checkpoint()).toBe(0);
  await close();
});

it('a full disk keeps the station as it was, and says so', async () => {
  rig = await openRig({ enrol: undefined as never });
  const { store, close } = await openStoreRig();
  const pages = store.database.pragma('page_count', { simple: true });
  store.database.pragma(`max_page_count = ${pages}`);
  expect(await enrolByStaff(optionsFor(store, 5000), ENROLMENT)).toMatchObject({
    error: { code: 'station.diskFull' },
  });
  expect([store.settings.get('pin'), store.settings.get('enrolment')]).toEqual([
    undefined,
    undefined,
  ]);
  await close();
});

it('the start program follows a server that moved, and one that forgot the station', async () => {
  rig = await openRig();
  const calls = () => rig.server.calls.filter((id) => id === 'enrolStation').length;
  expect(calls()).toBe(1);
  await rig.restart();
  await rig.until(() => snapshot().connection.online, 'the station is back');
  expect(calls()).toBe(1);
  await rig.station().close();
  rig.server.forgetStations();
  await rig.reopen({ enrol: { ...ENROLMENT, serverUrl: 'http://moved.test' } });
  await rig.until(() => calls() === 2, 'it enrols again');
});

it('the start program waits for a server that is not up yet', async () => {
  rig = await openRig({ enrol: undefined as never });
  await rig.station().close();
  rig.server.down = true;
  await rig.reopen({ enrol: ENROLMENT });
  await rig.clock.advance(20_000);
  expect(snapshot().station.enrolled).toBe(false);
  rig.server.down = false;
  await rig.until(() => snapshot().station.enrolled, 'it is enrolled');
});
