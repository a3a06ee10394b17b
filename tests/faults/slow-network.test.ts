import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openRig, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import { walkTo } from './walk.ts';

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({}, 'c');
  await walkTo(rig, 'scanCode', 'c');
  await must(rig, 'dev.setFault', { fault: 'slowNetwork', on: true });
});

const CODE = { payload: 'c', source: 'camera' } as const;
const snapshot = () => rig.station().snapshot();

it('buttons wait: the second press does nothing', async () => {
  const first = rig.run('session.submitCode', CODE);
  expect(snapshot().busy).toBe(true);
  expect(await rig.run('session.submitCode', CODE)).toMatchObject({
    error: { code: 'station.busy' },
  });
  await rig.clock.advance(5000);
  expect(await first).toEqual({ ok: true, value: null });
  expect(rig.step()).toBe('verify');
  expect(rig.server.calls.filter((id) => id === 'resolveCode')).toHaveLength(1);
});

it('an answer that comes after leaving finds nobody', async () => {
  const first = rig.run('session.submitCode', CODE);
  await must(rig, 'session.leave');
  await must(rig, 'session.enter');
  await rig.clock.advance(5000);
  await first;
  expect(snapshot()).toMatchObject({ session: { step: 'scanCode' }, busy: false });
});
