import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../../src/main/station/ground/timing.ts';
import { fakeJpeg } from '../../src/main/station/imaging/tests/stub-engine.ts';
import {
  must,
  openOrder,
  openRig,
  PIN,
  type StationRig,
  shoot,
} from '../../src/main/station/tests/station-rig.ts';
import { delivered, handIn, STEPS, type Step, walkTo } from './walk.ts';

const HOUR = 3_600_000;

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
});

const snapshot = () => rig.station().snapshot();

const MINUTE = 60_000;
/** The last page counts down without a warning. */
const WARNED = STEPS.filter((step) => step !== 'handedIn');
const LIMITS: Partial<Record<Step, number>> = {
  payment: DEFAULT_TIMING.handsFreeIdleMs,
  camera: DEFAULT_TIMING.handsFreeIdleMs,
};

/** Of what the screen counts down, by the station's clock. */
function timeLeft(): number {
  const { session } = snapshot();
  const until = (end: string) => Date.parse(end) - rig.clock.now();
  if (session.step === 'verify') return until(session.expiresAt);
  if (session.step === 'payment' && session.payment.state === 'pending')
    return until(session.payment.expiresAt);
  if (session.step === 'orderDetail' && session.handover?.qrText)
    return until(session.handover.expiresAt);
  return Number.NaN;
}

describe.each([HOUR, -HOUR])('set by %i ms in a visit', (by) => {
  it('the last page goes when it would have gone', async () => {
    rig.server.addOrder({}, 'visit');
    await walkTo(rig, 'handedIn', 'visit');
    rig.clock.shift(by);
    await rig.clock.advance(DEFAULT_TIMING.partingMs.stepwise - 2000);
    expect(snapshot()).toMatchObject({ session: { step: 'handedIn' }, leavesInSeconds: 2 });
    await rig.clock.advance(2000);
    expect(rig.step()).toBe('welcome');
  });

  it.each(WARNED)('at %s: warning and end come when they would have come', async (step) => {
    rig.server.addOrder({}, 'visit');
    await walkTo(rig, step, 'visit');
    const limit = LIMITS[step] ?? DEFAULT_TIMING.idleMs;
    const warnedAt = limit - DEFAULT_TIMING.idleWarningMs;
    await rig.clock.advance(warnedAt / 2);
    rig.clock.shift(by);
    await rig.clock.advance(warnedAt / 2 - 2000);
    expect(snapshot()).toMatchObject({ session: { step } });
    expect(snapshot().idleSecondsLeft).toBeUndefined();
    await rig.clock.advance(4000);
    expect(snapshot()).toMatchObject({ session: { step }, idleSecondsLeft: 18 });
    await rig.clock.advance(DEFAULT_TIMING.idleWarningMs);
    expect(rig.step()).toBe('welcome');
  });

  it('the staff page locks itself when it would have locked', async () => {
    await must(rig, 'staff.unlock', { pin: PIN });
    rig.clock.shift(by);
    await rig.clock.advance(DEFAULT_TIMING.staffIdleMs - 2000);
    expect(snapshot().station.staffUnlocked).toBe(true);
    await rig.clock.advance(4000);
    expect(snapshot().station.staffUnlocked).toBe(false);
  });

  it('who reads the welcome page in English reads on', async () => {
    await must(rig, 'station.setLanguage', { language: 'en' });
    rig.clock.shift(by);
    await rig.clock.advance(DEFAULT_TIMING.idleMs - 2000);
    expect(snapshot().language).toBe('en');
    await rig.clock.advance(4000);
    expect(snapshot().language).toBe('zh');
  });

  it.each(['verify', 'payment', 'orderDetail'] as const)(
    'at %s: what holds for a while holds no longer and no shorter, also without a network',
    async (step) => {
      rig.server.addOrder({}, 'visit');
      await walkTo(rig, step, 'visit');
      if (step === 'orderDetail') await must(rig, 'session.handOver');
      rig.server.down = true;
      const before = timeLeft();
      expect(before).toBeGreaterThan(2 * MINUTE);
      rig.clock.shift(by);
      await rig.clock.advance(MINUTE);
      expect(timeLeft()).toBeCloseTo(before - MINUTE, -2);
    },
  );

  it('the server is asked for news in the same pace', async () => {
    const asked = () => rig.server.calls.filter((id) => id === 'pullChanges').length;
    await rig.clock.advance(MINUTE);
    const before = asked();
    await rig.clock.advance(MINUTE);
    const usual = asked() - before;
    rig.clock.shift(by);
    await rig.clock.advance(MINUTE);
    expect(asked() - before - usual).toBeGreaterThanOrEqual(usual - 1);
    expect(asked() - before - usual).toBeLessThanOrEqual(usual + 1);
  });
});

it('set back, it holds up neither deliveries nor what keeps the station in step', async () => {
  rig.server.failNext('deliverPhoto', { code: 'server.internal' }, { code: 'server.internal' });
  const photoId = await handIn(rig, 'c');
  await rig.until(
    () => rig.server.calls.filter((id) => id === 'deliverPhoto').length === 2,
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
  await must(rig, 'session.keep');
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
  const KEPT = ['judged', 'kept'];

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
