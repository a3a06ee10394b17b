import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

async function handedIn(photoId: string, code = 'A'): Promise<void> {
  await rig.keep(photoId, code);
  await rig.ledger.keepStandard(photoId, buildReport(), fakeJpeg(`s${photoId}`));
  await rig.ledger.handIn(photoId);
}

const outbox = () => rig.store.outbox;
const due = () => outbox().due(rig.clock.now());

it('gives one delivery of each order, oldest first', async () => {
  await handedIn('p1', 'A');
  await handedIn('p2', 'B');
  expect(due().map((x) => [x.kind, x.photoId])).toEqual([
    ['deliver', 'p1'],
    ['deliver', 'p2'],
  ]);
  outbox().done(due()[0]!.id);
  expect(
    due()
      .map((x) => `${x.kind} ${x.photoId}`)
      .sort(),
  ).toEqual(['deliver p2', 'handIn p1']);
});

it('waits after a failure, and a parked row holds its order back', async () => {
  await handedIn('p1', 'A');
  await handedIn('p2', 'B');
  const [first] = due();
  outbox().sending(first!.id);
  outbox().retryAt(first!.id, rig.clock.now() + 5000, { code: 'network.timeout' });
  expect(due().map((x) => x.photoId)).toEqual(['p2']);
  const second = due()[0]!;
  outbox().sending(second.id);
  outbox().park(second.id, { code: 'photo.notStandard' });
  expect(due()).toEqual([]);
  expect(outbox().nextAt()).toBe(rig.clock.now() + 5000);
  expect(outbox().counts()).toEqual({ waiting: 2, parked: 1 });
  expect(rig.ledger.delivery('p2')).toBe('parked');
  expect(
    outbox()
      .list()
      .map((x) => x.lastError),
  ).toContain('photo.notStandard');
  expect(outbox().unpark(second.id)).toBe(true);
  expect(outbox().unpark(second.id)).toBe(false);
  expect(due().map((x) => [x.photoId, x.attempts])).toEqual([['p2', 1]]);
  outbox().dueNow();
  expect(due()).toHaveLength(2);
});

it('takes up after a crash what was being sent, and what may pass by itself', async () => {
  await handedIn('p1', 'A');
  await handedIn('p2', 'B');
  await handedIn('p3', 'C');
  for (const delivery of due()) outbox().sending(delivery.id);
  const [, second, third] = outbox()
    .list()
    .filter((x) => x.state === 'sending');
  outbox().park(Number(second!.id), { code: 'server.internal' });
  outbox().park(Number(third!.id), { code: 'order.notFound' });
  outbox().reopenAtStart((code) => code === 'server.internal');
  expect(due().map((x) => x.photoId)).toEqual(['p1', 'p2']);
  expect(outbox().counts().parked).toBe(1);
});

it('repeats a delivery before its 提交', async () => {
  await handedIn('p1');
  outbox().done(due()[0]!.id);
  expect(due()[0]?.kind).toBe('handIn');
  outbox().repeatUpload('p1');
  expect(due()[0]?.kind).toBe('deliver');
});

it('tells of everything that is open, and of nothing else', async () => {
  await handedIn('p1');
  expect(outbox().delivery('p1')).toBe('queued');
  const [first] = due();
  const created = new Date(rig.clock.now()).toISOString();
  const open = { orderNo: 'no<A>', attempts: 0, state: 'queued', createdAt: created };
  expect(outbox().list()).toEqual([
    { id: '1', kind: 'deliver', ...open },
    { id: '2', kind: 'handIn', ...open },
  ]);
  outbox().sending(first!.id);
  outbox().park(first!.id, { code: 'photo.notStandard', details: { reason: 'x' } });
  expect(outbox().list()[0]).toMatchObject({
    ...{ attempts: 1, state: 'parked', lastError: 'photo.notStandard' },
    lastErrorDetails: { reason: 'x' },
  });
  outbox().unpark(first!.id);
  outbox().sending(first!.id);
  expect(outbox().list()[0]).not.toHaveProperty('lastError');
  expect(outbox().delivery('p1')).toBe('sending');
  for (const { id } of outbox().list()) outbox().done(Number(id));
  expect(outbox().list()).toEqual([]);
  expect(outbox().counts()).toEqual({ waiting: 0, parked: 0 });
  expect(outbox().delivery('p1')).toBe('arrived');
  expect(outbox().nextAt()).toBeUndefined();
});

it('does not count what was dropped as delivered', async () => {
  await handedIn('p1');
  outbox().dropped(due()[0]!.id);
  outbox().ensure('deliver', 'order<A>', 'p1');
  expect(
    outbox()
      .list()
      .map((x) => x.kind),
  ).toEqual(['handIn', 'deliver']);
});

it('ensures what is missing, once, and never sends again what was delivered', async () => {
  await handedIn('p1');
  outbox().ensure('deliver', 'order<A>', 'p1');
  outbox().ensure('handIn', 'order<A>', 'p1');
  expect(outbox().list()).toHaveLength(2);
  outbox().done(1);
  outbox().done(2);
  outbox().ensure('deliver', 'order<A>', 'p1');
  expect(outbox().list()).toEqual([]);
  outbox().ensure('handIn', 'order<A>', 'p1');
  expect(
    outbox()
      .list()
      .map((x) => x.kind),
  ).toEqual(['handIn']);
});

it('lets go what hangs, but not what is really under way', async () => {
  await handedIn('p1', 'A');
  await handedIn('p2', 'B');
  for (const { id } of due()) outbox().sending(id);
  outbox().releaseStuck(['order<A>']);
  expect(due().map((x) => [x.photoId, x.attempts])).toEqual([['p2', 1]]);
});

it('a late word about a row that is no longer being sent changes nothing', async () => {
  await handedIn('p1');
  const [first] = due();
  outbox().retryAt(first!.id, rig.clock.now() + 5000, { code: 'network.timeout' });
  outbox().park(first!.id, { code: 'network.timeout' });
  expect(due()).toEqual([first]);
});

describe('what is replaced', () => {
  it('is called off, and needs no taking back when nothing of it was sent', async () => {
    await handedIn('p1');
    await handedIn('p2', 'B');
    expect(outbox().callOff('p1')).toBe(false);
    expect(
      outbox()
        .list()
        .map((x) => x.orderNo),
    ).toEqual(['no<B>', 'no<B>']);
    expect(outbox().delivery('p1')).toBe('arrived');
  });

  it.each<[string, (id: number) => void]>([
    ['sent', (id) => outbox().done(id)],
    ['being sent', (id) => outbox().sending(id)],
    ['tried', (id) => outbox().retryAt(id, 0, { code: 'network.timeout' })],
    ['parked', (id) => outbox().park(id, { code: 'order.notFound' })],
  ])('may be at the server when it was %s', async (_, happen) => {
    await handedIn('p1');
    const { id } = due()[0]!;
    outbox().sending(id);
    happen(id);
    expect(outbox().callOff('p1')).toBe(true);
    expect(
      outbox()
        .list()
        .filter((x) => x.state !== 'sending'),
    ).toEqual([]);
  });
});

it('reopens at start nothing that has no reason, or another one', async () => {
  await handedIn('p1');
  const { id } = due()[0]!;
  outbox().sending(id);
  outbox().park(id, { code: 'server.internal' });
  const asked: string[] = [];
  outbox().reopenAtStart((code) => {
    asked.push(code);
    return false;
  });
  expect(asked).toEqual(['server.internal']);
  expect(outbox().counts().parked).toBe(1);
  outbox().reopenAtStart(() => true);
  expect(due()).toMatchObject([{ id, attempts: 1 }]);
  outbox().sending(id);
  outbox().retryAt(id, rig.clock.now() + 5000, { code: 'server.internal' });
  outbox().reopenAtStart(() => true);
  expect(outbox().nextAt()).toBe(rig.clock.now() + 5000);
});
