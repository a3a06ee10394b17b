import { setImmediate } from 'node:timers/promises';
import { createManualClock, type ManualClock } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listCopies } from './database-copies.ts';
import { type Safekeeping, startSafekeeping } from './safekeeping.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';
import type { Upkeep } from './upkeep.ts';

let rig: StoreRig;
let clock: ManualClock;
let safekeeping: Safekeeping;
const logged: string[] = [];
let checkpoints = 0;
/** What the next ones end with. */
let trouble: { checkpoint?: Error; copy?: Error } = {};
/** The station goes on writing while the log is brought in. */
let partly = false;
let copyTo: Upkeep['copyTo'];

beforeEach(async () => {
  rig = await openStoreRig();
  await rig.store.safekeeping.stop();
  clock = createManualClock();
  logged.length = 0;
  checkpoints = 0;
  trouble = {};
  partly = false;
  const { database } = rig.store;
  copyTo = async (path) => {
    await database.backup(path);
  };
  safekeeping = startSafekeeping({
    upkeep: {
      async checkpoint() {
        checkpoints += 1;
        if (trouble.checkpoint) throw trouble.checkpoint;
        return !partly;
      },
      copyTo: (path) => (trouble.copy ? Promise.reject(trouble.copy) : copyTo(path)),
    },
    dataDir: rig.dir,
    clock: {
      now: () => clock.now().getTime(),
      monotonic: () => clock.now().getTime(),
      after: clock.schedule,
    },
    log: (_level, message, facts) => logged.push(`${message} ${JSON.stringify(facts)}`),
  });
  // The first copy of the store's own, and one of this start: by this clock no copy is of today.
  await expect.poll(copies).toBe(2);
});
afterEach(async () => {
  await safekeeping.stop();
  await rig.close();
});

const copies = async () => (await listCopies(rig.dir)).length;

it('brings what counts into the main file soon, once for what belongs together', async () => {
  safekeeping.soon();
  safekeeping.soon();
  clock.advance({ ms: 500 });
  expect(checkpoints).toBe(0);
  clock.advance({ ms: 500 });
  expect(checkpoints).toBe(1);
  clock.advance({ ms: 5000 });
  expect(checkpoints).toBe(1);
  safekeeping.soon();
  clock.advance({ ms: 1000 });
  expect(checkpoints).toBe(2);
});

it('copies every day, and at once when the station has become another one', async () => {
  safekeeping.copyNow();
  await expect.poll(copies).toBe(3);
  clock.advance({ seconds: 1 });
  expect(checkpoints).toBe(1);
  clock.advance({ minutes: 1439 });
  await expect.poll(copies).toBe(3);
  for (const number of [4, 5]) {
    clock.advance({ days: 1 });
    await expect.poll(copies).toBe(number);
  }
  expect(logged).toEqual([]);
});

it('goes on after a disk that took no more, and says so', async () => {
  trouble = { checkpoint: new Error('full'), copy: new Error('full') };
  safekeeping.copyNow();
  clock.advance({ seconds: 1 });
  await expect.poll(() => logged).toHaveLength(2);
  expect(logged.toSorted()).toEqual([
    'The database could not be copied {"error":"Error: full"}',
    'The log could not be brought into the database {"error":"Error: full"}',
  ]);
  trouble = {};
  safekeeping.copyNow();
  clock.advance({ seconds: 1 });
  expect(checkpoints).toBe(2);
  await expect.poll(copies).toBe(3);
});

it('comes back for what was written while the log was brought in', async () => {
  partly = true;
  safekeeping.soon();
  clock.advance({ ms: 1000 });
  await setImmediate();
  partly = false;
  clock.advance({ ms: 1000 });
  await setImmediate();
  clock.advance({ ms: 5000 });
  expect(checkpoints).toBe(2);
  expect(logged).toEqual([]);
});

it('does nothing any more when it is stopped', async () => {
  safekeeping.soon();
  await safekeeping.stop();
  safekeeping.copyNow();
  clock.advance({ days: 2 });
  await safekeeping.stop();
  expect(await copies()).toBe(2);
  expect(checkpoints).toBe(0);
  expect(logged).toEqual([]);
});

it('waits for a copy that is being made, and makes no other', async () => {
  let end = () => {};
  const copy = copyTo;
  let begun = 0;
  copyTo = async (path) => {
    begun += 1;
    await new Promise<void>((resolve) => (end = resolve));
    return copy(path);
  };
  safekeeping.copyNow();
  safekeeping.copyNow();
  await expect.poll(() => begun).toBe(1);
  let isStopped = false;
  const stopped = safekeeping.stop().then(() => {
    isStopped = true;
  });
  await setImmediate();
  expect(isStopped).toBe(false);
  end();
  await stopped;
  expect(begun).toBe(1);
  expect(await copies()).toBe(3);
});
