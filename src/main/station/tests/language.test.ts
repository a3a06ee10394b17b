import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let rig: StationRig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.close());

const language = () => rig.station().snapshot().language;
const english = () => must(rig, 'station.setLanguage', { language: 'en' });

it('is Chinese again when the visit ends', async () => {
  await english();
  await must(rig, 'session.enter');
  expect(language()).toBe('en');
  await must(rig, 'session.leave');
  expect(language()).toBe('zh');
});

it('is Chinese again when nobody touched the welcome page for as long as a visit may rest', async () => {
  const told: string[] = [];
  rig.station().subscribe((snapshot) => told.push(snapshot.language));
  // Somebody who reads before he enters keeps his language: the choice itself counts as a touch.
  await rig.clock.advance(DEFAULT_TIMING.idleMs - 10_000);
  await english();
  await rig.clock.advance(DEFAULT_TIMING.idleMs - 10_000);
  await must(rig, 'station.touch');
  await rig.clock.advance(DEFAULT_TIMING.idleMs - 10_000);
  expect(language()).toBe('en');
  await rig.clock.advance(11_000);
  expect(language()).toBe('zh');
  expect(told.at(-1)).toBe('zh');
});

it('stays with staff while their page is open', async () => {
  await must(rig, 'staff.unlock', { pin: PIN });
  await english();
  await rig.clock.advance(DEFAULT_TIMING.idleMs + 5_000);
  expect(language()).toBe('en');
  await must(rig, 'staff.lock');
  await rig.clock.advance(1_000);
  expect(language()).toBe('zh');
});
