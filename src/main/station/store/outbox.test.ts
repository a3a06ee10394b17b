import { buildReport } from '@gradshot/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
  expect(outbox().counts()).toEqual({ waiting: 4, parked: 1 });
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
