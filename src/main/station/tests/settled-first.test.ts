import { afterEach, beforeEach, expect, it } from 'vitest';
import { brokenDisk, createSlowLog, type SlowLog } from '../store/tests/slow-log.ts';
import { must, openRig, PIN, type StationRig } from './station-rig.ts';

let disk: SlowLog;
let rig: StationRig;
beforeEach(async () => {
  disk = createSlowLog();
  rig = await openRig({}, undefined, { openLogFile: disk.openLogFile });
});
afterEach(async () => {
  disk.letGo();
  await rig.close();
});

const begun = (times: number) => expect.poll(() => disk.begun()).toBe(times);
const camera = { deviceId: 'a', label: 'A', place: 0 };
const choose = (task: 'scan' | 'portrait') => rig.run('camera.choose', { task, camera });

it('answers a command when the disk has what it wrote', async () => {
  disk.hold();
  let answer: unknown;
  const told = choose('portrait').then((result) => {
    answer = result;
  });
  await begun(1);
  await new Promise(setImmediate);
  expect(answer).toBeUndefined();
  disk.end();
  await told;
  expect(answer).toMatchObject({ ok: true });
});

it('two commands share a flush', async () => {
  disk.hold();
  const first = choose('portrait');
  await begun(1);
  const others = [choose('scan'), choose('portrait')];
  disk.end();
  await first;
  await begun(2);
  disk.end();
  await Promise.all(others);
  expect(disk.begun()).toBe(2);
});

it('says that the disk failed', async () => {
  disk.hold();
  const told = choose('portrait');
  await begun(1);
  disk.end(brokenDisk());
  expect(await told).toMatchObject({ error: { code: 'station.diskBroken' } });
});

it('answers at once where nothing was written', async () => {
  await must(rig, 'camera.choose', { task: 'scan', camera });
  disk.hold();
  await must(rig, 'station.snapshot');
  await must(rig, 'staff.lock');
  expect(disk.begun()).toBe(0);
});

it('a try of the PIN counts on the disk before it is looked at', async () => {
  disk.hold();
  const told = rig.run('staff.unlock', { pin: PIN });
  await begun(1);
  expect(rig.station().snapshot().station.staffUnlocked).toBe(false);
  disk.letGo();
  expect(await told).toMatchObject({ ok: true });
});
