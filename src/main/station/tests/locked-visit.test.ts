import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../ground/tests/rig-clock.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig({}, (server) => {
    server.settings = { ...server.settings, rights: ['liftLock', 'of a newer server'] };
  });
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await must(rig, 'session.submitCode', { payload: 'c', source: 'camera' });
  rig.server.codes.get('c')!.locked = true;
});
afterEach(() => rig.close());

const enter = (lastFour: string) => rig.run('session.confirmLastFour', { lastFour });
const locked = () => {
  const { session } = rig.station().snapshot();
  return session.step === 'verify' ? session.locked : 'elsewhere';
};

describe('a graduate who was wrong too often', () => {
  it('is let in by staff, behind their PIN, without a new code', async () => {
    await enter('1234');
    expect(locked()).toEqual({ minutes: 15 });
    // The page itself says so.
    expect(rig.station().snapshot().failure).toBeUndefined();
    expect(await rig.run('staff.liftLock')).toMatchObject({ error: { code: 'staff.locked' } });
    expect(rig.server.calls).not.toContain('liftLastFourLock');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'staff.liftLock');
    expect(locked()).toBeUndefined();
    expect(rig.station().snapshot().failure).toBeUndefined();
    expect((await enter('1234')).ok).toBe(true);
    expect(rig.step()).toBe('orders');
  });

  it('stays on the page when the server refuses, and staff are told why', async () => {
    await enter('1234');
    await must(rig, 'staff.unlock', { pin: PIN });
    const usedUp = { code: 'eligibility.liftsUsedUp', details: { limit: 2 } } as const;
    rig.server.failNext('liftLastFourLock', usedUp);
    expect(await rig.run('staff.liftLock')).toEqual({ ok: false, error: usedUp });
    expect(locked()).toEqual({ minutes: 15 });
    rig.server.down = true;
    expect(await rig.run('staff.liftLock')).toMatchObject({
      error: { code: 'network.unreachable' },
    });
    expect(locked()).toEqual({ minutes: 15 });
  });

  it('whose lock has run out meanwhile may simply enter the characters', async () => {
    await enter('1234');
    rig.server.codes.get('c')!.locked = false;
    await must(rig, 'staff.unlock', { pin: PIN });
    expect(await rig.run('staff.liftLock')).toMatchObject({
      error: { code: 'eligibility.notLocked' },
    });
    expect(locked()).toBeUndefined();
    rig.server.codes.get('c')!.locked = true;
    await enter('1234');
    rig.server.codes.get('c')!.locked = false;
    await enter('9999');
    expect(locked()).toBeUndefined();
  });

  it('scans again when the code’s time is over', async () => {
    await enter('1234');
    await must(rig, 'staff.unlock', { pin: PIN });
    rig.server.failNext('liftLastFourLock', { code: 'eligibility.ticketExpired' });
    await rig.run('staff.liftLock');
    expect(rig.step()).toBe('scanCode');
    expect(rig.station().snapshot().failure).toEqual({ code: 'eligibility.ticketExpired' });
  });
});

it('what staff may do here is asked for as they come, and only what this program knows', async () => {
  const rights = () => rig.station().snapshot().station.rights;
  expect(rights()).toEqual(['liftLock']);
  rig.server.settings = { ...rig.server.settings, rights: [] };
  await must(rig, 'staff.unlock', { pin: PIN });
  await settle(() => rig.server.underWay > 0);
  expect(rights()).toEqual([]);
});

it('there is a lock to be lifted at the last four characters alone', async () => {
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'session.leave');
  expect(await rig.run('staff.liftLock')).toMatchObject({ error: { code: 'station.wrongStep' } });
});
