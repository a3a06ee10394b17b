import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { brokenDisk, createSlowLog, type SlowLog } from './tests/slow-log.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';

let disk: SlowLog;
let rig: StoreRig;
beforeEach(async () => {
  disk = createSlowLog();
  rig = await openStoreRig({ openLogFile: disk.openLogFile });
});
afterEach(async () => {
  disk.letGo();
  await rig.close();
});

/** Whether it is answered although the disk has not taken anything since. */
async function answered(promise: Promise<unknown>): Promise<boolean> {
  let isAnswered = false;
  const answer = () => {
    isAnswered = true;
  };
  promise.then(answer, answer);
  // Pictures are written and renamed meanwhile.
  await expect.poll(() => disk.begun()).toBeGreaterThan(0);
  await new Promise(setImmediate);
  return isAnswered;
}

it('commits do not wait for the disk, and nobody else than the thread checkpoints', () => {
  const { database } = rig.store;
  expect(database.pragma('synchronous', { simple: true })).toBe(1);
  expect(database.pragma('wal_autocheckpoint', { simple: true })).toBe(0);
});

it('a shot, its standard photo and its 提交 are answered only when the disk has them', async () => {
  const standard = fakeJpeg('s');
  const acts = [
    () => rig.keep('p1'),
    () => rig.ledger.keepStandard('p1', buildReport(), standard),
    () => rig.ledger.handIn('p1'),
  ];
  for (const act of acts) {
    disk.hold();
    const told = act();
    const queued = rig.queued();
    expect(await answered(told)).toBe(false);
    // Nor does anything leave for the server.
    expect(rig.queued()).toBe(queued);
    disk.letGo();
    expect(await told).toMatchObject({ ok: true });
  }
  expect(rig.queued()).toBe(2);
});

it('a picture is deleted only when the disk knows that nobody uses it', async () => {
  await rig.keep('p1');
  const { originalSha256 } = rig.store.photos.find('p1')!;
  disk.hold();
  const told = rig.ledger.replace('p1');
  expect(await answered(told)).toBe(false);
  expect(await rig.store.vault.has(originalSha256)).toBe(true);
  disk.letGo();
  await told;
  expect(await rig.store.vault.has(originalSha256)).toBe(false);
});

it.each([
  ['EIO', 'station.diskBroken'],
  ['ENOSPC', 'station.diskFull'],
])(
  '%s of a flush is told as %s; the next one goes by way of the main file',
  async (error, code) => {
    disk.hold();
    const kept = rig.keep('p1');
    expect(await answered(kept)).toBe(false);
    disk.end(brokenDisk(error));
    expect(await kept).toMatchObject({ error: { code } });
    // Nothing is flushed any more by a file that once lost what it was given.
    disk.hold();
    expect(await rig.keep('p1')).toMatchObject({ ok: true });
    expect(disk.begun()).toBe(0);
    const inLog = rig.store.database.pragma('wal_checkpoint(PASSIVE)');
    expect(inLog).toMatchObject([{ busy: 0 }]);
    expect(rig.ledger.current('order<A>')).toMatchObject({ step: 'kept' });
  },
);
