import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('of several codes of one picture', () => {
  const known = 'sealed-enrolment-of-a-graduate';
  const others = [1, 2, 3].map((number) => ({ payload: `sealed-enrolment-of-nobody-${number}` }));
  const lookUps = () => rig.server.calls.filter((route) => route === 'resolveCode').length;
  beforeEach(() => void rig.server.addOrder({ state: 'pendingCapture' }, known));

  it('the one that is known begins the visit', async () => {
    const codes = [...others, { payload: known }];
    await must(rig, 'session.submitCode', { codes, source: 'camera' });
    expect(rig.step()).toBe('verify');
    expect(lookUps()).toBeLessThanOrEqual(codes.length);
  });

  it('none being known is one failure, and begins none', async () => {
    const submitted = await rig.run('session.submitCode', { codes: others, source: 'camera' });
    expect(submitted).toMatchObject({ error: { code: 'code.unknown' } });
    expect(lookUps()).toBe(others.length);
    expect(rig.step()).not.toBe('verify');
  });

  it('bytes go to the server as bytes', async () => {
    const code = { payloadBase64: Buffer.alloc(40, 0xc1).toString('base64') };
    await rig.run('session.submitCode', { codes: [code], source: 'camera' });
    expect(rig.server.lookedUp).toEqual([code]);
  });
});
