import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorCode } from '@gradshot/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, openRig, PIN, type StationRig, shoot } from './station-rig.ts';
import { StubRoster } from './stub-roster.ts';

const DAY = 24 * 60 * 60_000;
const ZHANG = randomUUID();
const LI = randomUUID();
/** Longer than what a code cannot be. */
const CODE = 'code-of-zhang-xiao-ming';

let rig: StationRig;
let roster: StubRoster;
beforeEach(async () => {
  rig = await openRig({}, (server) => {
    roster = new StubRoster(server.service);
    roster.add({ entryId: ZHANG, maskedName: '张*明', finders: ['2023001', '张小明'] });
    roster.add({ entryId: LI, maskedName: '李*', finders: ['2023002', '李四'] }, '5678');
    roster.add({ entryId: randomUUID(), maskedName: '王*', finders: ['2023003', '王五'] });
    server.offline = roster;
    server.addOrder({ state: 'pendingPayment' }, CODE);
    Object.assign(server.codes.get(CODE)!, { entryId: ZHANG });
  });
  await rig.until(() => snapshot().connection.takesNewOffline === true, 'the roster is here');
});
afterEach(() => rig.close());

const snapshot = () => rig.station().snapshot();
/** As a new snapshot tells it, whatever the last one said. */
const newcomers = () => atDesk(() => snapshot().connection.takesNewOffline);
const online = () => snapshot().connection.online;
async function cut(): Promise<void> {
  rig.server.down = true;
  await rig.until(() => !online(), 'the loss is noticed');
}
async function back(): Promise<void> {
  rig.server.down = false;
  await rig.until(online, 'it is back');
}

/** From the code to the camera's requirements, offline. */
async function begin(code = CODE, text = '2023001', lastFour = '1234'): Promise<void> {
  await must(rig, 'session.enter');
  await must(rig, 'session.submitCode', { payload: code, source: 'camera' });
  expect(snapshot().session).toEqual({ step: 'identify' });
  await must(rig, 'staff.unlock', { pin: PIN });
  const { people } = await must(rig, 'staff.offlineSearch', { text });
  await must(rig, 'staff.identify', { entryId: people[0]?.entryId ?? '' });
  await must(rig, 'staff.lock');
  await must(rig, 'session.confirmLastFour', { lastFour });
  const { session } = snapshot();
  const orderId = session.step === 'orders' ? (session.orders[0]?.orderId ?? '') : '';
  await must(rig, 'session.openOrder', { orderId });
  await must(rig, 'session.beginOrder');
}

/** A photo that was handed in offline; its id. */
async function handIn(look = 'zhang', ...how: Parameters<typeof begin>): Promise<string> {
  await begin(...how);
  await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
  expect(rig.step()).toBe('requirements');
  await shoot(rig, look);
  await must(rig, 'session.handIn');
  const { session } = snapshot();
  await must(rig, 'session.leave');
  return session.step === 'handedIn' ? (session.photoId ?? '') : '';
}

async function atDesk<T>(look: () => T): Promise<T> {
  await must(rig, 'staff.unlock', { pin: PIN });
  const seen = look();
  await must(rig, 'staff.lock');
  return seen;
}
const reads = () => rig.server.calls.filter((id) => id === 'readOfflineRoster').length;
/** The station asks for its settings now. */
const asks = () => atDesk(() => undefined);
const visits = () => atDesk(() => snapshot().offline?.visits ?? []);
const submitted = () => rig.server.submissions.map(({ photoId }) => photoId);
const orderOf = (code = CODE) => rig.server.orders.get(rig.server.codes.get(code)!.orderIds[0]!)!;

describe('the roster', () => {
  it('comes in pages, lies sealed, and is not fetched again while it is the same', async () => {
    expect(reads()).toBe(2);
    await cut();
    await back();
    await asks();
    await rig.clock.advance(10_000);
    expect(reads()).toBe(2);
    for (const file of ['station.db', 'station.db-wal'])
      expect(await readFile(join(rig.dir, file), 'latin1')).not.toMatch(/软工|2023001|\*\*\*####/);
    await rig.restart();
    await rig.until(online, 'the server is reached');
    await asks();
    expect(snapshot().connection.takesNewOffline).toBe(true);
    expect(reads()).toBe(2);
    roster.add({ entryId: randomUUID(), maskedName: '赵*', finders: ['2023004', '赵六'] });
    await asks();
    await asks();
    await rig.until(() => reads() === 4, 'the changed one is fetched');
    await must(rig, 'staff.unlock', { pin: PIN });
    await rig.until(() => snapshot().offline?.roster?.people === 4, 'it counts');
    for (const text of ['2023004', ' 赵六 ', '2023001'])
      expect((await must(rig, 'staff.offlineSearch', { text })).people, text).toHaveLength(1);
    for (const text of ['202300', '赵六六', '300'])
      expect((await must(rig, 'staff.offlineSearch', { text })).people, text).toEqual([]);
  });

  it('is thrown away when the school switches it off, and by age', async () => {
    await cut();
    rig.clock.shift(13 * DAY);
    expect(await newcomers()).toBe(true);
    expect(await atDesk(() => snapshot().offline?.roster?.ageDays)).toBe(13);
    rig.clock.shift(DAY);
    expect(await newcomers()).toBeUndefined();
    await back();
    await rig.until(() => snapshot().connection.takesNewOffline === true, 'it is fetched anew');
    rig.server.offline = undefined;
    await asks();
    await rig.until(() => !snapshot().connection.takesNewOffline, 'it is thrown away');
  });

  it('of a batch that has closed counts no more', async () => {
    roster.closesAt = new Date(rig.clock.now() + DAY).toISOString();
    await asks();
    await rig.until(() => reads() === 4, 'the change is fetched');
    await cut();
    rig.clock.shift(DAY);
    expect(await newcomers()).toBeUndefined();
  });

  it('is nothing for visitors', async () => {
    for (const [name, payload] of [
      ['staff.offlineSearch', { text: '2023001' }],
      ['staff.identify', { entryId: ZHANG }],
      ['staff.confirmOffline', { id: ZHANG, payload: 'x', lastFour: '1234' }],
      ['staff.discardOffline', { id: ZHANG, cause: 'notCome' }],
    ] as const)
      expect(await rig.run(name, payload)).toMatchObject({ error: { code: 'staff.locked' } });
    expect(snapshot().offline).toBeUndefined();
  });
});

describe('a new graduate without the network', () => {
  it('is refused where the school does not allow it, and while the server is there', async () => {
    await must(rig, 'session.enter');
    await must(rig, 'session.submitCode', { payload: CODE, source: 'camera' });
    expect(rig.step()).toBe('verify');
    await must(rig, 'session.leave');
    rig.server.offline = undefined;
    await asks();
    await rig.until(() => !snapshot().connection.takesNewOffline, 'it is switched off');
    await cut();
    await must(rig, 'session.enter');
    expect(await rig.run('session.submitCode', { payload: CODE, source: 'camera' })).toMatchObject({
      error: { code: 'network.unreachable' },
    });
  });

  it('does not start with a code of a phone’s screen, or with several on one picture', async () => {
    await cut();
    await must(rig, 'session.enter');
    const codes = [{ payload: `${CODE}-1` }, { payload: `${CODE}-2` }];
    for (const shown of [
      { payload: 'gradshot:handover:abcdefghijk', source: 'camera' },
      { codes, source: 'camera' },
    ] as const)
      expect((await rig.run('session.submitCode', shown)).ok).toBe(false);
    expect(rig.step()).toBe('scanCode');
  });

  it('starts, is photographed, and is confirmed later: paid by the school, sent once', async () => {
    await cut();
    const photoId = await handIn();
    expect(rig.server.submissions).toEqual([]);
    expect(await visits()).toMatchObject([{ state: 'waiting', maskedName: '张*明' }]);
    await back();
    await rig.until(() => submitted().length > 0, 'the photo was handed in');
    expect(submitted()).toEqual([photoId]);
    expect(rig.server.photos.get(photoId)?.orderId).toBe(orderOf().orderId);
    expect(orderOf().state).toBe('underReview');
    expect(await visits()).toEqual([]);
    await rig.until(() => snapshot().connection.outbox === 0, 'nothing waits');
    await rig.restart();
    expect(snapshot().connection).toMatchObject({ outbox: 0, parked: 0 });
    expect(submitted()).toEqual([photoId]);
  });

  it('types the last four at most five times; the count outlives a restart', async () => {
    await cut();
    const wrong = async (lastFour: string): Promise<ErrorCode | undefined> => {
      const tried = await rig.run('session.confirmLastFour', { lastFour });
      return tried.ok ? undefined : tried.error.code;
    };
    const identify = async () => {
      await must(rig, 'session.enter');
      await must(rig, 'session.submitCode', { payload: CODE, source: 'camera' });
      await must(rig, 'staff.unlock', { pin: PIN });
      await must(rig, 'staff.identify', { entryId: ZHANG });
      await must(rig, 'staff.lock');
    };
    await identify();
    for (let i = 0; i < 3; i += 1) expect(await wrong('0000')).toBe('eligibility.lastFourWrong');
    await rig.restart();
    await identify();
    expect(await wrong('0000')).toBe('eligibility.lastFourWrong');
    expect(await wrong('0000')).toBe('eligibility.locked');
    expect(await wrong('1234')).toBe('eligibility.locked');
    expect(snapshot().session).toMatchObject({ locked: { minutes: 15 } });
    await must(rig, 'session.leave');
    await rig.clock.advance(15 * 60_000);
    await identify();
    expect(await wrong('1234')).toBeUndefined();
  });

  it('who comes again finds the photo that waits, and no second one', async () => {
    await cut();
    await handIn();
    await begin();
    expect(snapshot().session).toMatchObject({ step: 'handedIn' });
    expect(await visits()).toHaveLength(1);
  });

  it('who stays on the last page until it is confirmed cannot begin it once more', async () => {
    await cut();
    await begin();
    await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
    await shoot(rig, 'zhang');
    await must(rig, 'session.handIn');
    await must(rig, 'session.back');
    const { session } = snapshot();
    const orderId = session.step === 'orders' ? (session.orders[0]?.orderId ?? '') : '';
    await must(rig, 'session.openOrder', { orderId });
    await back();
    await rig.until(() => submitted().length > 0, 'the photo was handed in');
    expect(await rig.run('session.beginOrder')).toMatchObject({
      error: { code: 'eligibility.ticketExpired' },
    });
    await must(rig, 'session.back');
    expect(await rig.run('session.openOrder', { orderId })).toMatchObject({
      error: { code: 'eligibility.ticketExpired' },
    });
  });

  it('who left before 提交 leaves nothing that is sent', async () => {
    await cut();
    await begin();
    await must(rig, 'session.pay', { consents: ['service', 'faceProcessing'] });
    await shoot(rig, 'zhang');
    await must(rig, 'session.leave');
    expect(snapshot().connection.outbox).toBe(0);
    await back();
    await rig.clock.advance(60_000);
    expect([rig.server.photos.size, rig.server.confirmed.size]).toEqual([0, 0]);
  });

  it('pays later: the photo waits here until the order is paid', async () => {
    roster.payer = 'graduate';
    await asks();
    await rig.until(() => reads() === 4, 'who pays is told');
    await cut();
    const photoId = await handIn();
    await back();
    await rig.until(() => rig.server.confirmed.size === 1, 'the visit is confirmed');
    await rig.clock.advance(60_000);
    expect(await visits()).toMatchObject([{ state: 'unpaid' }]);
    expect(rig.server.photos.size).toBe(0);
    rig.server.pay(orderOf().orderId);
    await rig.until(() => submitted().length > 0, 'the photo was handed in');
    expect(submitted()).toEqual([photoId]);
    expect(await visits()).toEqual([]);
  });
});

describe('a visit that the server does not confirm', () => {
  it.each([
    ['a code that has run out', 'an-expired-code-of-old', '1234', 'code.expired'],
    ['another person’s code', 'code-of-somebody-else', '1234', 'offline.otherPerson'],
  ] as const)(
    '%s: the photo stays, and goes with the right code',
    async (_, code, lastFour, why) => {
      rig.server.addOrder({ state: 'pendingCapture' }, 'code-of-somebody-else');
      await cut();
      const photoId = await handIn('zhang', code, '2023001', lastFour);
      await back();
      await rig.until(() => rig.server.calls.includes('confirmOfflineVisit'), 'it was asked');
      await rig.clock.advance(60_000);
      const [visit] = await visits();
      expect(visit).toMatchObject({ state: 'conflict', failure: { code: why } });
      expect(rig.server.photos.size).toBe(0);
      expect(rig.server.calls.filter((id) => id === 'confirmOfflineVisit')).toHaveLength(1);
      await rig.restart();
      await must(rig, 'staff.unlock', { pin: PIN });
      await rig.until(online, 'the server is reached');
      const again = (payload: string, typed = '1234') =>
        rig.run('staff.confirmOffline', { id: visit?.id ?? '', payload, lastFour: typed });
      expect(await again('no-such-code-at-all')).toMatchObject({ error: { code: 'code.expired' } });
      expect(await again(CODE, '0000')).toMatchObject({
        error: { code: 'eligibility.lastFourWrong' },
      });
      expect(await again(CODE)).toMatchObject({ ok: true });
      await rig.until(() => submitted().length > 0, 'the photo was handed in');
      expect(submitted()).toEqual([photoId]);
      expect(rig.server.photos.get(photoId)?.orderId).toBe(orderOf().orderId);
    },
  );

  it('who was photographed elsewhere: the photo stays until staff discard it, with a cause', async () => {
    await cut();
    await handIn();
    const { orderId } = orderOf();
    rig.server.pay(orderId);
    const photoId = randomUUID();
    rig.server.apply(orderId, 'keepPhoto', 'graduate', { photoId });
    rig.server.apply(orderId, 'acceptStandardization', 'server');
    rig.server.apply(orderId, 'handIn', 'graduate');
    rig.server.apply(orderId, 'passIdentity', 'server');
    await back();
    await rig.until(() => rig.server.calls.includes('confirmOfflineVisit'), 'it was asked');
    const [visit] = await visits();
    expect(visit).toMatchObject({ state: 'conflict', failure: { code: 'offline.photographed' } });
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.discardOffline', { id: visit?.id ?? '', cause: 'elsewhere' });
    expect(snapshot().offline?.visits).toEqual([]);
    expect(snapshot().connection.outbox).toBe(0);
    expect(rig.server.photos.size).toBe(0);
    expect(
      await rig.run('staff.discardOffline', { id: visit?.id ?? '', cause: 'elsewhere' }),
    ).toMatchObject({ error: { code: 'request.notFound' } });
  });
});

describe('a station that was killed or lost its database', () => {
  const lose = async () => {
    await rig.station().close();
    for (const name of ['station.db', 'backups'])
      await rm(join(rig.dir, name), { recursive: true, force: true });
    await rig.reopen({});
  };

  it('rebuilds a visit from the label of its photo, and confirms it', async () => {
    await cut();
    const photoId = await handIn();
    await lose();
    expect(await visits()).toMatchObject([{ state: 'waiting', maskedName: '张*明' }]);
    await back();
    await rig.until(() => submitted().length > 0, 'the photo was handed in');
    expect(submitted()).toEqual([photoId]);
  });

  it('sends a photo once whose answer to the confirmation was lost', async () => {
    await cut();
    const photoId = await handIn();
    rig.server.down = false;
    rig.server.cut.add('deliverPhoto');
    await rig.until(() => rig.server.confirmed.size === 1, 'the server has confirmed');
    await lose();
    rig.server.cut.clear();
    await rig.until(() => submitted().length > 0, 'the photo was handed in');
    await rig.clock.advance(60_000);
    expect(submitted()).toEqual([photoId]);
    expect(await visits()).toEqual([]);
  });
});
