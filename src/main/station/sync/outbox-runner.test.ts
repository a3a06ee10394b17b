import { ok } from '@gradshot/domain';
import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settle } from '../ground/tests/rig-clock.ts';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { finishDelivery } from '../store/delivery-book.ts';
import type { Delivery } from '../store/outbox.ts';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import { createOutboxRunner, type OutboxRunner, type RunnerOptions } from './outbox-runner.ts';

let rig: StoreRig;
let runner: OutboxRunner;
let online = true;
let most = 0;
let running = 0;
let hold: Promise<void> | undefined;
const sent: string[] = [];
let record: (delivery: Delivery) => void;

beforeEach(async () => {
  rig = await openStoreRig();
  online = true;
  most = 0;
  running = 0;
  hold = undefined;
  sent.length = 0;
  record = (delivery) => finishDelivery(rig.store, delivery, undefined, rig.clock);
  runner = createOutboxRunner(options());
});
afterEach(async () => {
  await runner.stop();
  await rig.close();
});

function options(): RunnerOptions {
  const { outbox } = rig.store;
  return {
    outbox,
    clock: rig.clock,
    timing: DEFAULT_TIMING,
    random: () => 0.4987654321,
    online: () => online,
    link: {
      enrolment: () => undefined,
      renew: () => undefined,
      async asStation() {
        running += 1;
        most = Math.max(most, running);
        await hold;
        running -= 1;
        return ok({}) as never;
      },
    },
    source: {
      photo: async () => ok(undefined),
      isReplaced: () => false,
      isOwn: () => true,
      takenAt: () => 0,
    },
    finish: (delivery) => {
      record(delivery);
      sent.push(`${delivery.kind} ${delivery.photoId}`);
    },
    onChange: () => undefined,
    log: () => undefined,
  };
}

async function handIn(photoId: string, code: string): Promise<void> {
  await rig.keep(photoId, code);
  await rig.ledger.keepStandard(photoId, buildReport(), fakeJpeg(photoId));
  await rig.ledger.handIn(photoId);
}

it('keeps the order within an order, and to its lanes across orders', async () => {
  for (const code of ['A', 'B', 'C', 'D']) await handIn(`p${code}`, code);
  runner.nudge();
  await settle();
  expect(sent).toHaveLength(8);
  for (const code of ['A', 'B', 'C', 'D'])
    expect(sent.filter((x) => x.endsWith(`p${code}`))).toEqual([
      `deliver p${code}`,
      `handIn p${code}`,
    ]);
  expect(most).toBe(DEFAULT_TIMING.deliveryLanes);
});

it('does not try while the server cannot be reached', async () => {
  await handIn('p1', 'A');
  online = false;
  runner.nudge();
  await settle();
  expect(sent).toEqual([]);
});

it('survives a disk that takes no record of a success, and records it later', async () => {
  await handIn('p1', 'A');
  const really = record;
  record = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  };
  runner.nudge();
  await settle();
  expect(rig.store.outbox.counts().waiting).toBe(2);
  record = really;
  await rig.clock.advance(DEFAULT_TIMING.probeMs + 1000);
  await settle();
  expect(rig.store.outbox.counts().waiting).toBe(0);
  expect(sent).toEqual(['deliver p1', 'handIn p1']);
});

it('stops at once, and what was under way is taken up at the next start', async () => {
  await handIn('p1', 'A');
  let letGo = () => {};
  hold = new Promise((resolve) => {
    letGo = resolve;
  });
  runner.nudge();
  expect(rig.store.outbox.delivery('p1')).toBe('sending');
  const stopped = runner.stop();
  letGo();
  await stopped;
  runner.nudge();
  rig.store.outbox.reopenAtStart(() => false);
  expect(rig.store.outbox.due(rig.clock.now()).length).toBeLessThanOrEqual(1);
});
