import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openRig, PIN, type StationRig, shoot } from './station-rig.ts';
import { CLASS } from './stub-server.ts';

const DAY = 24 * 60 * 60_000;
const ENTRIES = ['a', 'b', 'c'].map((end) => `6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f0${end}`);
const [ZHANG = '', LI = '', WANG = ''] = ENTRIES;

let rig: StationRig;
let orderId: string;
beforeEach(async () => {
  rig = await openRig();
  orderId = rig.server.addOrder({ state: 'pendingCapture' }, 'code-zhang').orderId;
  rig.server.addOrder({ state: 'pendingCapture' }, 'code-li');
  rig.server.codes.get('code-li')!.personId = 'person-1';
  rig.server.classPeople = ENTRIES.map((entryId, index) => ({
    ...{ entryId, personId: `person-${index}`, maskedName: ['张*明', '=李*', '王*'][index] ?? '' },
    studentNumberEnd: `300${index}`,
    ...(index === 0 ? { order: { orderId, state: 'pendingCapture' as const } } : {}),
  }));
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.openClass', CLASS);
});
afterEach(() => rig.close());

const list = () => rig.station().snapshot().classList;
const states = () => list()?.people.map(({ state }) => state);
const begin = (entryId: string) => must(rig, 'staff.beginOfClass', { entryId });
const mark = (entryId: string, absent: boolean) => rig.run('staff.markAbsent', { entryId, absent });

async function handIn(): Promise<void> {
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await must(rig, 'session.openOrder', { orderId });
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'zhang');
  await must(rig, 'session.handIn');
}

it.each([
  ['staff.classes', {}],
  ['staff.openClass', CLASS],
  ['staff.closeClass', {}],
  ['staff.beginOfClass', { entryId: ZHANG }],
  ['staff.markAbsent', { entryId: ZHANG, absent: true }],
  ['staff.saveAbsentees', {}],
] as const)('%s is behind the PIN, and so is the class', async (name, payload) => {
  await must(rig, 'staff.lock');
  expect(await rig.run(name, payload)).toMatchObject({ error: { code: 'staff.locked' } });
  expect(list()).toBeUndefined();
  await must(rig, 'staff.unlock', { pin: PIN });
  expect(states()).toEqual(['open', 'open', 'open']);
});

it('who is here begins by one touch; who has no order shows the code first; who is done is so by itself', async () => {
  expect(await must(rig, 'staff.classes')).toEqual([{ ...CLASS, batchName: '2027 届', people: 3 }]);
  expect(await begin(ZHANG)).toEqual({ begun: true });
  expect(rig.step()).toBe('verify');
  expect(states()).toEqual(['inVisit', 'open', 'open']);
  await handIn();
  expect(states()).toEqual(['done', 'open', 'open']);
  await must(rig, 'session.leave');
  expect(await begin(LI)).toEqual({ begun: false });
  expect(list()?.people[1]).toMatchObject({ state: 'called', number: 'A002', needsCode: true });
  // One at a time.
  expect(await rig.run('staff.beginOfClass', { entryId: WANG })).toMatchObject({
    error: { code: 'station.wrongStep' },
  });
  expect(await must(rig, 'staff.queueCheckIn', { payload: 'code-li' })).toMatchObject({
    ...{ number: 'A002', outcome: 'joined' },
  });
  expect(await begin(LI)).toEqual({ begun: true });
});

it('缺席 is said and taken back, and 过号 says it too', async () => {
  expect((await mark(WANG, true)).ok).toBe(true);
  expect(states()).toEqual(['open', 'open', 'absent']);
  expect((await mark(WANG, false)).ok).toBe(true);
  await begin(LI);
  expect(await mark(LI, true)).toMatchObject({ error: { code: 'station.wrongStep' } });
  const called = rig
    .station()
    .snapshot()
    .queue?.entries.find(({ state }) => state === 'called');
  await must(rig, 'staff.queueMiss', { id: called?.id ?? '' });
  expect(states()).toEqual(['open', 'absent', 'open']);
  await begin(LI);
  expect(states()).toEqual(['open', 'called', 'open']);
});

it('who hands in elsewhere is done when the server says so, live and when it is brought up to date', async () => {
  await mark(ZHANG, true);
  rig.server.orders.set(orderId, {
    ...rig.server.orders.get(orderId)!,
    state: 'pendingSubmission',
  });
  rig.server.apply(orderId, 'handIn', 'graduate');
  await rig.until(() => states()?.[0] === 'done', 'the change');
  rig.server.classPeople = rig.server.classPeople.map((person, index) =>
    index === 2 ? { ...person, order: { orderId: WANG, state: 'underReview' } } : person,
  );
  await must(rig, 'staff.openClass', CLASS);
  expect(states()).toEqual(['done', 'open', 'done']);
});

it('goes on through an outage and a restart, sealed, and is forgotten on the next day', async () => {
  await rig.clock.advance(60_000);
  rig.server.down = true;
  await mark(WANG, true);
  expect(await rig.run('staff.openClass', CLASS)).toMatchObject({
    error: { code: 'network.unreachable' },
  });
  await rig.restart();
  await must(rig, 'staff.unlock', { pin: PIN });
  expect(states()).toEqual(['open', 'open', 'absent']);
  for (const name of ['station.db', 'station.db-wal'])
    expect((await readFile(join(rig.dir, name))).includes('王*'), name).toBe(false);
  rig.server.down = false;
  rig.server.now = () => rig.clock.trueNow() + DAY;
  await rig.until(() => list() === undefined, 'the next day');
});

it('gives the class teacher who is absent, and a name is no formula', async () => {
  await mark(LI, true);
  expect(await must(rig, 'staff.saveAbsentees')).toEqual({
    outcome: 'given',
    fileName: '缺席名单-计算机学院-软工2301.csv',
    text: "\uFEFF缺席名单,计算机学院 · 软工2301\r\n已办完人数,0/3\r\n姓名,学号末四位\r\n'=李*,3001\r\n",
  });
  await must(rig, 'staff.closeClass');
  expect(list()).toBeUndefined();
  expect(await rig.run('staff.saveAbsentees')).toMatchObject({
    error: { code: 'request.notFound' },
  });
});
