import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, openRig, type StationRig } from '../../src/main/station/tests/station-rig.ts';
import { walkOn, walkTo } from './walk.ts';

let rig: StationRig;
afterEach(() => rig.close());
beforeEach(async () => {
  rig = await openRig();
  rig.server.addOrder({}, 'c');
});

const snapshot = () => rig.station().snapshot();
const full = (on: boolean) => must(rig, 'dev.setFault', { fault: 'diskFull', on });

it('上传 says that the disk is full, and keeps the shot on screen', async () => {
  await walkTo(rig, 'reviewShot', 'c');
  const before = snapshot().session;
  await full(true);
  expect(await rig.run('session.keep')).toMatchObject({ error: { code: 'station.diskFull' } });
  expect(snapshot()).toMatchObject({
    session: before,
    busy: false,
    failure: { code: 'station.diskFull' },
    connection: { outbox: 0 },
  });
  await full(false);
  await must(rig, 'session.keep');
  expect(snapshot().failure).toBeUndefined();
  await walkOn(rig, 'kept', 'c');
  await rig.until(() => rig.server.submissions.length === 1, 'delivery');
});

it('照片标准化 says so, and the original is still safe', async () => {
  await walkTo(rig, 'kept', 'c');
  await full(true);
  expect(await rig.run('session.judge')).toMatchObject({
    error: { code: 'station.diskFull' },
  });
  expect(snapshot()).toMatchObject({
    session: { step: 'kept' },
    failure: { code: 'station.diskFull' },
    connection: { outbox: 0 },
  });
  await full(false);
  await walkOn(rig, 'kept', 'c');
  await rig.until(() => rig.server.submissions.length === 1, 'delivery');
});

it('a shot is refused while what is left is needed to finish accepted work', async () => {
  await rig.close();
  rig = await openRig({ timing: { diskReserveBytes: Number.MAX_SAFE_INTEGER } });
  rig.server.addOrder({}, 'c');
  await walkTo(rig, 'reviewShot', 'c');
  expect(await rig.run('session.keep')).toMatchObject({ error: { code: 'station.diskFull' } });
  expect(rig.step()).toBe('reviewShot');
});
