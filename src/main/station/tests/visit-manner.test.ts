import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const shown = () => {
  const { pace, voiceVolume } = rig.station().snapshot().station;
  return { pace, voiceVolume };
};

it('walks every page and speaks, until staff want it otherwise', async () => {
  expect(shown()).toEqual({ pace: 'stepwise', voiceVolume: 0.7 });
});

it('is for staff alone to set', async () => {
  for (const [name, payload] of [
    ['staff.setPace', { pace: 'express' }],
    ['staff.setVoice', { volume: 0 }],
  ] as const)
    expect(await rig.run(name, payload)).toMatchObject({ error: { code: 'staff.locked' } });
  expect(shown()).toEqual({ pace: 'stepwise', voiceVolume: 0.7 });
});

it('holds at once and over a restart', async () => {
  await must(rig, 'staff.unlock', { pin: PIN });
  await must(rig, 'staff.setPace', { pace: 'express' });
  await must(rig, 'staff.setVoice', { volume: 0 });
  expect(shown()).toEqual({ pace: 'express', voiceVolume: 0 });
  await rig.restart();
  expect(shown()).toEqual({ pace: 'express', voiceVolume: 0 });
  rig.server.addOrder({ state: 'pendingCapture' }, 'c');
  await must(rig, 'session.submitCode', { payload: 'c', source: 'camera' });
  await must(rig, 'session.confirmLastFour', { lastFour: '1234' });
  await rig.until(() => rig.step() === 'camera', 'the pages between are passed by');
});
