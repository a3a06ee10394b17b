import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueueEntryView } from '../../../shared/index.ts';
import { must, openRig, PIN, type StationRig, shoot } from './station-rig.ts';

const DAY = 24 * 60 * 60_000;

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
  for (const [code, maskedName] of [
    ['code-zhang', '张*明'],
    ['code-li', '李*'],
    ['code-wang', '王*华'],
  ] as const) {
    rig.server.addOrder({ state: 'pendingCapture' }, code);
    rig.server.codes.get(code)!.maskedName = maskedName;
  }
  await must(rig, 'staff.unlock', { pin: PIN });
});
afterEach(() => rig.close());

const checkIn = (payload: string) => must(rig, 'staff.queueCheckIn', { payload });
const entries = () => rig.station().snapshot().queue?.entries ?? [];
const line = () => entries().map(({ number, state }) => `${number} ${state}`);
const entry = (number: string) => entries().find((one) => one.number === number) as QueueEntryView;

/** Called, and before the last four characters. */
async function begin(number: string): Promise<void> {
  const { id } = entry(number);
  await must(rig, 'staff.queueCall', { id });
  await must(rig, 'staff.queueBegin', { id });
  expect(rig.step()).toBe('verify');
}

async function handIn(code: string): Promise<void> {
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  const orderId = rig.server.codes.get(code)?.orderIds[0] ?? '';
  await must(rig, 'session.openOrder', { orderId });
  await must(rig, 'session.beginOrder');
  await shoot(rig, code);
  await must(rig, 'session.handIn');
}

it.each([
  ['staff.queueCheckIn', { payload: 'code-zhang' }],
  ['staff.queueSearch', { text: '张小明' }],
  ['staff.queueAdd', { entryId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01' }],
  ['staff.queueCall', {}],
  ['staff.queueMiss', { id: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01' }],
  ['staff.queueBegin', { id: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01' }],
] as const)('%s is behind the PIN, and so is what it shows', async (name, payload) => {
  await checkIn('code-li');
  await must(rig, 'staff.lock');
  expect(await rig.run(name, payload)).toMatchObject({ error: { code: 'staff.locked' } });
  expect(rig.station().snapshot().queue).toBeUndefined();
  await must(rig, 'staff.unlock', { pin: PIN });
  expect(line()).toEqual(['A001 waiting']);
});

describe('who checks in by a code', () => {
  it('has a number and a masked name, and is the same entry when it is scanned again', async () => {
    const both = Promise.all([checkIn('code-zhang'), checkIn('code-zhang')]);
    expect((await both).map(({ number }) => number)).toEqual(['A001', 'A001']);
    expect(await checkIn('code-zhang')).toEqual({ number: 'A001', outcome: 'already' });
    expect(await checkIn('code-li')).toEqual({ number: 'A002', outcome: 'new' });
    expect(entries()).toMatchObject([
      { number: 'A001', maskedName: '张*明', needsCode: false },
      { number: 'A002', maskedName: '李*', needsCode: false },
    ]);
  });

  it('is refused for a code that is none, which changes nothing', async () => {
    for (const [payload, code] of [
      ['nobody', 'code.unknown'],
      ['  ', 'code.notCollectionCode'],
      ['gradshot:handover:x', 'code.notCollectionCode'],
    ] as const)
      expect(await rig.run('staff.queueCheckIn', { payload })).toMatchObject({ error: { code } });
    expect(entries()).toEqual([]);
  });

  it('waits without a name while nobody can say who it is', async () => {
    rig.server.down = true;
    expect(await checkIn('code-zhang')).toEqual({ number: 'A001', outcome: 'new' });
    expect(entry('A001').maskedName).toBeUndefined();
  });

  it('leaves neither code nor name readable on the disk, nor in the events', async () => {
    await checkIn('code-zhang');
    for (const name of ['station.db', 'station.db-wal']) {
      const bytes = await readFile(join(rig.dir, name));
      expect(bytes.includes('code-zhang') || bytes.includes('张*明'), name).toBe(false);
    }
  });
});

describe('who is found in the roster', () => {
  const PERSON = {
    entryId: '6f0c3a52-7a39-4f0e-9f5e-2d3a3d1f8f01',
    maskedName: '张*明',
    studentNumberEnd: '3001',
    className: '软工2301',
  };
  const { entryId } = PERSON;
  beforeEach(() => {
    rig.server.roster.push({ names: ['2023001', '张小明'], person: PERSON });
  });
  const search = (text: string) => must(rig, 'staff.queueSearch', { text });
  const add = () => must(rig, 'staff.queueAdd', { entryId });

  it('checks in once, without a code', async () => {
    expect(await rig.run('staff.queueAdd', { entryId })).toMatchObject({
      error: { code: 'request.notFound' },
    });
    expect(await search('张小明')).toEqual({ people: [PERSON], more: false });
    expect(await add()).toEqual({ number: 'A001', outcome: 'new' });
    expect(await add()).toEqual({ number: 'A001', outcome: 'already' });
    expect(entries()).toMatchObject([{ maskedName: '张*明', needsCode: true }]);
  });

  it('is joined by the own code alone, called or not', async () => {
    await search('2023001');
    await add();
    // Of the same masked name, and somebody else.
    expect(await checkIn('code-zhang')).toEqual({ number: 'A002', outcome: 'new' });
    await must(rig, 'staff.queueCall', {});
    expect(await rig.run('staff.queueBegin', { id: entry('A001').id })).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
    rig.server.codes.get('code-li')!.entryId = entryId;
    expect(await checkIn('code-li')).toEqual({ number: 'A001', outcome: 'joined' });
    await must(rig, 'staff.queueBegin', { id: entry('A001').id });
    expect(line()).toEqual(['A001 inVisit', 'A002 waiting']);
  });

  it('cannot be looked for without the network, and codes go on', async () => {
    rig.server.down = true;
    expect(await rig.run('staff.queueSearch', { text: '张小明' })).toMatchObject({
      error: { code: 'network.unreachable' },
    });
    expect(await checkIn('code-li')).toMatchObject({ outcome: 'new' });
  });
});

describe('called in turn', () => {
  beforeEach(async () => {
    for (const code of ['code-zhang', 'code-li', 'code-wang']) await checkIn(code);
  });

  it('is one at a time; the visit begins with the code, and 提交 ends it', async () => {
    await must(rig, 'staff.queueCall', {});
    expect(line()).toEqual(['A001 called', 'A002 waiting', 'A003 waiting']);
    expect(await rig.run('staff.queueCall', {})).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
    await must(rig, 'staff.queueBegin', { id: entry('A001').id });
    expect(line()[0]).toBe('A001 inVisit');
    // The next one may come nearer meanwhile.
    await must(rig, 'staff.queueCall', {});
    expect(await rig.run('staff.queueBegin', { id: entry('A002').id })).toMatchObject({
      error: { code: 'station.wrongStep' },
    });
    expect(line()).toEqual(['A001 inVisit', 'A002 called', 'A003 waiting']);
    await handIn('code-zhang');
    expect(rig.station().snapshot().queue).toMatchObject({ waiting: 1, done: 1 });
    expect(line()).toEqual(['A002 called', 'A003 waiting']);
  });

  it('and gone without 提交 waits again at the same place', async () => {
    await begin('A001');
    await must(rig, 'session.leave');
    expect(line()).toEqual(['A001 handedBack', 'A002 waiting', 'A003 waiting']);
    await must(rig, 'staff.queueCall', {});
    expect(line()[0]).toBe('A001 called');
  });

  it('is handed back when the code is scanned anew from 返回, and when somebody else begins', async () => {
    await begin('A001');
    await must(rig, 'session.back');
    expect(line()[0]).toBe('A001 handedBack');
    await must(rig, 'session.submitCode', { payload: 'code-li', source: 'camera' });
    expect(line()).toEqual(['A001 handedBack', 'A002 inVisit', 'A003 waiting']);
  });

  it('and not there is 过号, and called again later', async () => {
    await must(rig, 'staff.queueCall', {});
    await must(rig, 'staff.queueMiss', { id: entry('A001').id });
    await must(rig, 'staff.queueCall', {});
    expect(line()).toEqual(['A001 absent', 'A002 called', 'A003 waiting']);
    await must(rig, 'staff.queueMiss', { id: entry('A002').id });
    await must(rig, 'staff.queueCall', { id: entry('A001').id });
    expect(line()[0]).toBe('A001 called');
  });

  it('with a code that has run out shows another one, and nobody else’s is taken for it', async () => {
    await must(rig, 'staff.queueCall', {});
    const { id } = entry('A001');
    rig.server.failNext('resolveCode', { code: 'code.expired' });
    expect(await rig.run('staff.queueBegin', { id })).toMatchObject({
      error: { code: 'code.expired' },
    });
    expect(entry('A001')).toMatchObject({ state: 'called', needsCode: true });
    for (const [code, maskedName] of [
      ['stranger', '赵*'],
      ['zhang-again', '张*明'],
    ] as const) {
      rig.server.addOrder({ state: 'pendingCapture' }, code);
      rig.server.codes.get(code)!.maskedName = maskedName;
    }
    expect(await checkIn('stranger')).toEqual({ number: 'A004', outcome: 'new' });
    expect(await checkIn('zhang-again')).toEqual({ number: 'A001', outcome: 'joined' });
    await must(rig, 'staff.queueBegin', { id });
    expect(line()[0]).toBe('A001 inVisit');
  });

  it('outlives the program: who was in a visit waits again', async () => {
    await begin('A001');
    await must(rig, 'staff.queueCall', {});
    await rig.restart();
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(line()).toEqual(['A001 handedBack', 'A002 called', 'A003 waiting']);
    expect(entry('A001')).toMatchObject({ maskedName: '张*明', needsCode: false });
    expect(await checkIn('code-zhang')).toMatchObject({ number: 'A001', outcome: 'already' });
  });

  it('is forgotten on the server’s next day, whatever the station’s clock says', async () => {
    await rig.clock.advance(60_000);
    rig.clock.shift(400 * DAY);
    await rig.restart();
    await rig.clock.advance(60_000);
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(line()).toHaveLength(3);
    await begin('A002');
    rig.server.now = () => rig.clock.trueNow() + DAY;
    await rig.clock.advance(60_000);
    // Who is before the camera at midnight is not sent away.
    expect(line()).toEqual(['A002 inVisit']);
    await must(rig, 'session.leave');
    await rig.clock.advance(60_000);
    expect(line()).toEqual([]);
    expect(await checkIn('code-li')).toEqual({ number: 'A001', outcome: 'new' });
  });
});

it('nobody is called where nobody waits', async () => {
  expect(await rig.run('staff.queueCall', {})).toMatchObject({
    error: { code: 'request.notFound' },
  });
});
