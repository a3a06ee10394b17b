import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import { hashPin, isPin } from './pin-hash.ts';
import { createStaffLock, type StaffLock } from './staff-lock.ts';

let rig: StoreRig;
let lock: StaffLock;
let changes = 0;
const IDLE = 60_000;

const openLock = () => {
  const { settings, events, settled } = rig.store;
  const onChange = () => {
    changes += 1;
  };
  return createStaffLock({ settings, events, settled, clock: rig.clock, idleMs: IDLE, onChange });
};

beforeEach(async () => {
  rig = await openStoreRig();
  rig.store.settings.set('pin', await hashPin('4711', 2));
  lock = openLock();
  changes = 0;
});
afterEach(async () => {
  lock.close();
  await rig.close();
});

it('a PIN is kept as a hash of its own', async () => {
  const [one, two] = [await hashPin('4711'), await hashPin('4711')];
  expect(one.hash).not.toBe(two.hash);
  expect(await isPin('4711', one)).toBe(true);
  expect(await isPin('4712', one)).toBe(false);
  expect(one).toMatchObject({ cost: 32_768, blockSize: 8, parallelization: 3 });
});

it('opens, guards, and locks itself', async () => {
  expect(lock.guard()).toMatchObject({ error: { code: 'staff.locked' } });
  expect(await lock.unlock('4711')).toEqual({ ok: true, value: null });
  expect(lock.unlocked()).toBe(true);
  await rig.clock.advance(IDLE - 1000);
  expect(lock.guard()).toEqual({ ok: true, value: null });
  await rig.clock.advance(IDLE - 1000);
  expect(lock.unlocked()).toBe(true);
  await rig.clock.advance(2000);
  expect(lock.unlocked()).toBe(false);
  expect(changes).toBe(2);
});

it('is held shut after five wrong tries, also over a restart, longer each time', async () => {
  for (let i = 0; i < 5; i++)
    expect(await lock.unlock('0000')).toMatchObject({ error: { code: 'staff.pinWrong' } });
  const held = { error: { code: 'request.tooMany', details: { seconds: 30 } } };
  expect(await lock.unlock('4711')).toMatchObject(held);
  lock = openLock();
  expect(await lock.unlock('4711')).toMatchObject(held);
  await rig.clock.advance(30_000);
  expect(await lock.unlock('0000')).toMatchObject({ error: { code: 'staff.pinWrong' } });
  expect(await lock.unlock('4711')).toMatchObject({ error: { details: { seconds: 60 } } });
  await rig.clock.advance(60_000);
  expect(await lock.unlock('4711')).toEqual({ ok: true, value: null });
  expect(await lock.unlock('0000')).toMatchObject({ error: { code: 'staff.pinWrong' } });
});

it('another desk’s opens and locks by itself, and counts wrong tries with this one', async () => {
  let others = 0;
  const onChange = () => {
    others += 1;
  };
  const other = lock.another({ facts: { tablet: 'a' }, onChange });
  expect(await other.unlock('4711')).toEqual({ ok: true, value: null });
  expect([other.unlocked(), lock.unlocked()]).toEqual([true, false]);
  expect([others, changes]).toEqual([1, 0]);
  await rig.clock.advance(IDLE + 1000);
  expect(other.unlocked()).toBe(false);
  for (let i = 0; i < 3; i++) await other.unlock('0000');
  for (let i = 0; i < 2; i++) await lock.unlock('0000');
  for (const each of [lock, other])
    expect(await each.unlock('4711')).toMatchObject({ error: { code: 'request.tooMany' } });
});

it.each([
  [4, 30],
  [8, 480],
  [9, 900],
  [1000, 900],
])(
  'after %i wrong tries one more holds it shut for %i s, a quarter of an hour at most',
  async (failed, seconds) => {
    rig.store.settings.set('unlockTries', { failed, lockedUntil: 0 });
    lock = openLock();
    expect(await lock.unlock('0000')).toMatchObject({ error: { code: 'staff.pinWrong' } });
    expect(await lock.unlock('4711')).toMatchObject({ error: { details: { seconds } } });
    rig.clock.shift(seconds * 1000);
    expect(await lock.unlock('4711')).toEqual({ ok: true, value: null });
  },
);

it('a clock that is set back does not hold it shut for years', async () => {
  rig.store.settings.set('unlockTries', { failed: 10, lockedUntil: rig.clock.now() + 900_000 });
  lock = openLock();
  rig.clock.shift(-365 * 86_400_000);
  expect(await lock.unlock('4711')).toMatchObject({ error: { details: { seconds: 900 } } });
  rig.clock.shift(900_000);
  expect(await lock.unlock('4711')).toEqual({ ok: true, value: null });
});
