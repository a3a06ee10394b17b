import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
} from '../../src/main/station/tests/station-rig.ts';
import { DEFAULT_TIMING } from '../../src/main/station/timing.ts';
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
