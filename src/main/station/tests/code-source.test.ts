import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
});
afterEach(() => rig.close());

it.each(['picture', 'typed'] as const)(
  'a code from a source of staff’s (%s) needs the PIN',
  async (source) => {
    const code = { payload: 'c', source };
    expect(await rig.run('session.submitCode', code)).toMatchObject({
      error: { code: 'staff.locked' },
    });
    expect(rig.step()).toBe('welcome');
    expect(rig.server.calls).not.toContain('resolveCode');
    await must(rig, 'staff.unlock', { pin: PIN });
    await must(rig, 'session.submitCode', code);
    expect(rig.step()).toBe('verify');
  },
);

it.each(['camera', 'scanner'] as const)('a code by %s is anybody’s', async (source) => {
  await must(rig, 'session.submitCode', { payload: 'c', source });
  expect(rig.step()).toBe('verify');
});
