import { afterEach, expect, it } from 'vitest';
import { must, openRig, type StationRig } from './station-rig.ts';

let rig: StationRig;
afterEach(() => rig.close());

const cameras = () => rig.station().snapshot().cameras;
const scan = { label: 'Desk', deviceId: 'd', place: 0 };
const portrait = { label: 'Portrait', deviceId: 'p', place: 1 };

it('the chosen cameras are known to every page, each for its task, also after a restart', async () => {
  rig = await openRig();
  expect(cameras()).toBeUndefined();
  const told: unknown[] = [];
  rig.station().subscribe((snapshot) => told.push(snapshot.cameras));
  await must(rig, 'camera.choose', { task: 'scan', camera: scan });
  await must(rig, 'camera.choose', { task: 'portrait', camera: { ...portrait, place: 0 } });
  await must(rig, 'camera.choose', { task: 'portrait', camera: portrait });
  await rig.until(() => told.length > 0, 'the page hears of it');
  expect(told.at(-1)).toEqual({ scan, portrait });
  await rig.restart();
  expect(cameras()).toEqual({ scan, portrait });
});
