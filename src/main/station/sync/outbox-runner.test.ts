import { fail, ok, type Result } from '@gradshot/domain';
import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settle } from '../ground/tests/rig-clock.ts';
import { DEFAULT_TIMING } from '../ground/timing.ts';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { finishDelivery } from '../store/delivery-book.ts';
import type { Delivery } from '../store/outbox.ts';
import { openStoreRig, type StoreRig } from '../store/tests/store-rig.ts';
import { pause } from './back-off.ts';
import { createOutboxRunner, type OutboxRunner, type RunnerOptions } from './outbox-runner.ts';

let rig: StoreRig;
let runner: OutboxRunner;
let online = true;
let most = 0;
let running = 0;
let hold: Promise<void> | undefined;
const sent: string[] = [];
/** What the next calls bring; success when there is none. */
let answers: (Result<unknown> | Error)[] = [];
let isReplaced: (photoId: string) => boolean = () => false;
const told: string[] = [];
const logged: { message: string; facts?: object | undefined }[] = [];
let record: (delivery: Delivery) => void;

beforeEach(async () => {
  rig = await openStoreRig();
  online = true;
  most = 0;
  running = 0;
  hold = undefined;
  sent.length = 0;
  told.length = 0;
  logged.length = 0;
  answers = [];
  isReplaced = () => false;
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
        const answer = answers.shift() ?? ok({});
        if (answer instanceof Error) throw answer;
        return answer as never;
      },
    },
    source: {
      photo: async () => ok(undefined),
      isReplaced: (photoId) => isReplaced(photoId),
      isOwn: () => true,
      onSite: () => undefined,
      takenAt: () => 0,
    },
    finish: (delivery) => {
      record(delivery);
      sent.push(`${delivery.kind} ${delivery.photoId}`);
    },
    onChange: ({ kind, photoId }) => {
      told.push(`${kind} ${rig.store.outbox.delivery(photoId)}`);
    },
    log: (_level, message, facts) => {
      logged.push({ message, facts });
    },
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
  expect(rig.store.outbox.list()).toHaveLength(2);
  record = really;
  await rig.clock.advance(DEFAULT_TIMING.probeMs + 1000);
  await settle();
  expect(rig.store.outbox.counts().waiting).toBe(0);
  expect(sent).toEqual(['deliver p1', 'handIn p1']);
});

/** As `random` above has it. */
const firstPause = pause(0, DEFAULT_TIMING, () => 0.4987654321);

it('tells of every change, and of what became of it', async () => {
  await handIn('p1', 'A');
  runner.nudge();
  await settle();
  expect(told).toEqual(['deliver sending', 'deliver queued', 'handIn sending', 'handIn arrived']);
});

it('waits its while after a failure and tries again by itself', async () => {
  await handIn('p1', 'A');
  answers = [fail('server.internal')];
  runner.nudge();
  await settle();
  expect(told).toEqual(['deliver sending', 'deliver queued']);
  expect(rig.store.outbox.list()[0]).toMatchObject({ attempts: 1, lastError: 'server.internal' });
  expect(rig.store.outbox.nextAt()).toBe(rig.clock.now() + firstPause);
  expect(logged).toContainEqual({
    message: 'A delivery failed',
    facts: { delivery: 1, kind: 'deliver', attempts: 0, failure: 'server.internal' },
  });
  await rig.clock.advance(firstPause - 500);
  expect(sent).toEqual([]);
  await rig.clock.advance(1000);
  await settle();
  expect(sent).toEqual(['deliver p1', 'handIn p1']);
});

it('parks what will not succeed, and sends nothing behind it', async () => {
  await handIn('p1', 'A');
  answers = [fail('order.notFound')];
  runner.nudge();
  await settle();
  expect(rig.store.outbox.delivery('p1')).toBe('parked');
  expect(told.at(-1)).toBe('deliver parked');
  await rig.clock.advance(DEFAULT_TIMING.backoffCapMs);
  expect(sent).toEqual([]);
});

it('an exception is a failure like another, and is named in the log', async () => {
  await handIn('p1', 'A');
  answers = [new Error('no such thing')];
  runner.nudge();
  await settle();
  expect(rig.store.outbox.list()[0]).toMatchObject({ attempts: 1, lastError: 'server.internal' });
  expect(logged).toContainEqual({
    message: 'A delivery failed with an exception',
    facts: { delivery: 1, kind: 'deliver', attempts: 0, error: 'no such thing' },
  });
});

it('sends the photo again when the server has lost it before its 提交', async () => {
  await handIn('p1', 'A');
  answers = [ok({}), fail('photo.notFound')];
  runner.nudge();
  await settle();
  expect(sent).toEqual(['deliver p1', 'deliver p1']);
  await rig.clock.advance(firstPause + 500);
  await settle();
  expect(sent).toEqual(['deliver p1', 'deliver p1', 'handIn p1']);
});

it('does not repeat an upload for another failure, nor for one of the upload itself', async () => {
  await handIn('p1', 'A');
  answers = [fail('photo.notFound'), ok({}), fail('server.internal')];
  runner.nudge();
  await settle();
  await rig.clock.advance(firstPause + 500);
  await rig.clock.advance(firstPause + 500);
  await settle();
  expect(sent).toEqual(['deliver p1', 'handIn p1']);
});

it('gives up what was replaced while it failed, but never its taking back', async () => {
  await handIn('p1', 'A');
  answers = [fail('server.internal')];
  isReplaced = (photoId) => photoId === 'p1';
  runner.nudge();
  await settle();
  expect(sent).toEqual(['handIn p1']);
  rig.store.outbox.add('takeBack', 'order<A>', 'p1');
  answers = [fail('server.internal')];
  runner.nudge();
  await settle();
  expect(rig.store.outbox.list()).toMatchObject([{ kind: 'takeBack', state: 'queued' }]);
  await rig.clock.advance(firstPause + 500);
  expect(sent.at(-1)).toBe('takeBack p1');
});

it('looks again within the hour, however long the next row has to wait', async () => {
  await handIn('p1', 'A');
  const hour = 3_600_000;
  const soon = rig.store.outbox.due(rig.clock.now())[0]!;
  rig.store.outbox.sending(soon.id);
  rig.store.outbox.retryAt(soon.id, rig.clock.now() + 30 * 24 * hour, { code: 'server.internal' });
  const waited: number[] = [];
  const after = rig.clock.after;
  rig.clock.after = (ms, action) => {
    waited.push(ms);
    return after(ms, action);
  };
  runner = createOutboxRunner(options());
  runner.nudge();
  expect(waited).toEqual([hour]);
});

it('does not spin where a row is due already and its lane is taken', async () => {
  for (const code of ['A', 'B', 'C']) await handIn(`p${code}`, code);
  hold = new Promise(() => {});
  const waited: number[] = [];
  const after = rig.clock.after;
  rig.clock.after = (ms, action) => {
    waited.push(ms);
    return after(ms, action);
  };
  runner = createOutboxRunner({ ...options() });
  runner.nudge();
  await settle();
  expect(waited).toEqual([50]);
  await rig.clock.advance(3000);
  expect(most).toBe(DEFAULT_TIMING.deliveryLanes);
  runner = createOutboxRunner(options());
});

it('keeps one alarm, however often it is nudged', async () => {
  await handIn('p1', 'A');
  answers = [fail('server.internal')];
  runner.nudge();
  await settle();
  let open = 0;
  const after = rig.clock.after;
  rig.clock.after = (ms, action) => {
    open += 1;
    const cancel = after(ms, action);
    return () => {
      open -= 1;
      cancel();
    };
  };
  for (let i = 0; i < 5; i++) runner.nudge();
  expect(open).toBe(1);
  await runner.stop();
  expect(open).toBe(0);
});

it('stops at once, and what was under way is taken up at the next start', async () => {
  await handIn('p1', 'A');
  let letGo = () => {};
  hold = new Promise((resolve) => {
    letGo = resolve;
  });
  runner.nudge();
  expect(rig.store.outbox.delivery('p1')).toBe('sending');
  answers = [new Error('called off')];
  let isStopped = false;
  const stopped = runner.stop().then(() => {
    isStopped = true;
  });
  await settle();
  expect(isStopped).toBe(false);
  letGo();
  await stopped;
  runner.nudge();
  await settle();
  // Nothing is held against it, and nothing more was sent.
  expect(rig.store.outbox.list()).toMatchObject([
    { kind: 'deliver', attempts: 0, state: 'sending' },
    { kind: 'handIn', attempts: 0, state: 'queued' },
  ]);
  expect(sent).toEqual([]);
  expect(logged).toEqual([]);
  await handIn('p2', 'B');
  runner.nudge();
  await settle();
  expect(rig.store.outbox.delivery('p2')).toBe('queued');
  rig.store.outbox.reopenAtStart(() => false);
  expect(rig.store.outbox.due(rig.clock.now())).toMatchObject([
    { kind: 'deliver', photoId: 'p1' },
    { kind: 'deliver', photoId: 'p2' },
  ]);
});

it('a disk that takes no record lets what is under way end before it is sent again', async () => {
  await handIn('pA', 'A');
  await handIn('pB', 'B');
  const really = record;
  let letGo = () => {};
  hold = new Promise((resolve) => {
    letGo = resolve;
  });
  runner.nudge();
  record = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  };
  letGo();
  await settle();
  expect(logged.map(({ message }) => message)).toContain('The outbox could not be written');
  expect(running).toBe(0);
  hold = undefined;
  record = really;
  await rig.clock.advance(DEFAULT_TIMING.probeMs - 500);
  expect(sent).toEqual([]);
  await rig.clock.advance(1000);
  await settle();
  expect(sent.toSorted()).toEqual(['deliver pA', 'deliver pB', 'handIn pA', 'handIn pB']);
});

it('a disk that takes no record does not let go what is really under way', async () => {
  await handIn('pA', 'A');
  await handIn('pB', 'B');
  const letGo: (() => void)[] = [];
  const under = options();
  runner = createOutboxRunner({
    ...under,
    link: {
      ...under.link,
      asStation: () => new Promise((resolve) => letGo.push(() => resolve(ok({}) as never))),
    },
  });
  const really = record;
  record = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  };
  runner.nudge();
  letGo[0]?.();
  await settle();
  record = really;
  await rig.clock.advance(DEFAULT_TIMING.probeMs);
  await settle();
  expect(rig.store.outbox.delivery('pA')).toBe('sending');
  expect(rig.store.outbox.list().filter((x) => x.orderNo === 'no<B>')).toMatchObject([
    { state: 'sending', attempts: 0 },
    { state: 'queued', attempts: 0 },
  ]);
  while (letGo.length > 0) {
    letGo.shift()?.();
    await settle();
  }
  expect(sent.filter((x) => x === 'deliver pB')).toHaveLength(1);
});

it('a disk that takes no note of a beginning stops nobody, and is tried again', async () => {
  await handIn('p1', 'A');
  const { outbox } = rig.store;
  const { sending } = outbox;
  let isFull = true;
  runner = createOutboxRunner({
    ...options(),
    outbox: {
      ...outbox,
      sending: (id) => {
        if (isFull) throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
        sending(id);
      },
    },
  });
  runner.nudge();
  await settle();
  expect(sent).toEqual([]);
  expect(logged).toEqual([
    { message: 'The outbox could not be written', facts: { error: 'Error: full' } },
  ]);
  isFull = false;
  await rig.clock.advance(DEFAULT_TIMING.probeMs);
  await settle();
  expect(sent).toEqual(['deliver p1', 'handIn p1']);
});

it('waits for nothing when there is nothing to send', async () => {
  const waited: number[] = [];
  const after = rig.clock.after;
  rig.clock.after = (ms, action) => {
    waited.push(ms);
    return after(ms, action);
  };
  runner = createOutboxRunner(options());
  runner.nudge();
  expect(waited).toEqual([]);
});
