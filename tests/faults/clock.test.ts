import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../../src/main/station/ground/timing.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
  shoot,
} from '../../src/main/station/tests/station-rig.ts';
import { fakeJpeg } from '../../src/main/station/tests/stub-engine.ts';
import { delivered, handIn } from './walk.ts';

const HOUR = 3_600_000;

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
});

const snapshot = () => rig.station().snapshot();

it('set back, it keeps nobody’s data on the screen', async () => {
  await openOrder(rig, 'c');
  rig.clock.shift(-HOUR);
  await rig.clock.advance(DEFAULT_TIMING.idleMs + 2000);
  expect(rig.step()).toBe('welcome');
});

it('set back, it holds up neither deliveries nor what keeps the station in step', async () => {
  rig.server.failNext('uploadPhoto', { code: 'server.internal' }, { code: 'server.internal' });
  const photoId = await handIn(rig, 'c');
  await rig.until(
    () => rig.server.calls.filter((id) => id === 'uploadPhoto').length === 2,
    'two tries fail',
  );
  rig.clock.shift(-1000 * HOUR);
  const before = rig.server.calls.length;
  await rig.clock.advance(60_000);
  expect(delivered(rig, photoId)).toBe(true);
  const since = rig.server.calls.slice(before);
  expect(since).toContain('stationHeartbeat');
  expect(since).toContain('pullChanges');
});

it('set back, it holds staff off no longer than before', async () => {
  for (let i = 0; i < 5; i++) await rig.run('staff.unlock', { pin: '0000' });
  rig.clock.shift(-1000 * HOUR);
  expect(await rig.run('staff.unlock', { pin: PIN })).toMatchObject({
    error: { code: 'request.tooMany', details: { seconds: 30 } },
  });
  await rig.clock.advance(30_000);
  await must(rig, 'staff.unlock', { pin: PIN });
});

it.each([HOUR, -HOUR])(
  '%i ms off, a code for the phone is shown for as long as it holds',
  async (off) => {
    rig.clock.shift(off);
    await rig.clock.advance(DEFAULT_TIMING.heartbeatMs * 2);
    await openOrder(rig, 'c');
    await must(rig, 'session.handOver');
    const shown = () => {
      const { session } = snapshot();
      return session.step === 'orderDetail' && session.handover?.qrText !== undefined;
    };
    await rig.clock.advance(100_000);
    expect(shown()).toBe(true);
    await must(rig, 'station.touch');
    await rig.clock.advance(150_000);
    await must(rig, 'station.touch');
    expect(shown()).toBe(true);
    await rig.clock.advance(60_000);
    expect(rig.step()).toBe('orderDetail');
    expect(shown()).toBe(false);
  },
);

const MINUTE = 60_000;
const MONTH = 30 * 24 * HOUR;

/** A shot as the camera gave it, and another that was standardised; nobody handed in either. */
async function leaveShots(): Promise<void> {
  rig.server.addOrder({ state: 'pendingCapture' }, 'd');
  await openOrder(rig, 'c');
  await must(rig, 'session.beginOrder');
  await shoot(rig, 'standardised');
  await must(rig, 'session.leave');
  await openOrder(rig, 'd');
  await must(rig, 'session.beginOrder');
  await must(rig, 'session.toCamera');
  const picture = fakeJpeg('as shot');
  await must(rig, 'session.takeShot', { picture, width: 4000, height: 3000 });
  await must(rig, 'session.upload');
  await must(rig, 'session.leave');
}

/** Where 开始采集 leads for both orders. */
async function whereTheyLead(): Promise<string[]> {
  const steps: string[] = [];
  for (const code of ['c', 'd']) {
    await openOrder(rig, code);
    await must(rig, 'session.beginOrder');
    steps.push(rig.step());
    await must(rig, 'session.leave');
  }
  return steps;
}

describe('set forward by a month, it deletes no shot that nobody handed in', () => {
  const timing = { retentionSweepMs: MINUTE, abandonedRetentionMs: 10 * MINUTE };
  beforeEach(async () => {
    await rig.close();
    rig = await openRig({ timing });
    rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  });
  const KEPT = ['result', 'uploaded'];

  it('while it runs', async () => {
    await leaveShots();
    await rig.clock.advance(2 * MINUTE);
    rig.clock.shift(MONTH);
    await rig.clock.advance(3 * MINUTE);
    expect(await whereTheyLead()).toEqual(KEPT);
  });

  it('between two starts', async () => {
    await leaveShots();
    await rig.clock.advance(2 * MINUTE);
    await rig.station().close();
    rig.clock.shift(MONTH);
    await rig.reopen({});
    await rig.clock.advance(3 * MINUTE);
    expect(await whereTheyLead()).toEqual(KEPT);
  });

  it('where it was behind when the shots were taken', async () => {
    rig.clock.shift(-12 * MONTH);
    await leaveShots();
    rig.clock.shift(12 * MONTH);
    await rig.clock.advance(3 * MINUTE);
    expect(await whereTheyLead()).toEqual(KEPT);
  });

  it('and without a server to ask for the time', async () => {
    await leaveShots();
    await rig.clock.advance(2 * MINUTE);
    rig.server.down = true;
    rig.clock.shift(MONTH);
    await rig.clock.advance(3 * MINUTE);
    expect(snapshot().connection.online).toBe(false);
    rig.server.down = false;
    await rig.until(() => snapshot().connection.online, 'the server is back');
    expect(await whereTheyLead()).toEqual(KEPT);
  });

  it('but by the server’s clock their time comes', async () => {
    await leaveShots();
    rig.clock.shift(-MONTH);
    await rig.clock.advance(13 * MINUTE);
    expect(await whereTheyLead()).toEqual(['requirements', 'requirements']);
  });
});
