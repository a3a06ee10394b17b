import type { LabelledPhoto } from '@gradshot/contract';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fakeJpeg } from '../imaging/tests/stub-engine.ts';
import { originalLabel } from './photo-label.ts';
import { openStoreRig, type StoreRig } from './tests/store-rig.ts';

let rig: StoreRig;
beforeEach(async () => {
  rig = await openStoreRig();
});
afterEach(() => rig.close());

const vault = () => rig.store.vault;

async function kept(photoId: string, code: string): Promise<string> {
  await rig.keep(photoId, code, 'same');
  return rig.store.photos.find(photoId)?.originalSha256 ?? '';
}

const entries = async (sha256: string) => {
  const found = await vault().label(sha256);
  return found.kind === 'labelled' ? found.photos.map((x) => `${x.photoId} ${x.step}`) : found.kind;
};

function labelOf(photoId: string, step: LabelledPhoto['step']): LabelledPhoto {
  const row = rig.store.photos.find(photoId)!;
  const facts = { step, at: '2026-11-23T01:00:00.000Z', orderNo: 'n', profileId: 'x' };
  return originalLabel(row, { ...facts, offline: undefined });
}

it('names on one picture every photo that was made of it, each once', async () => {
  const sha256 = await kept('p1', 'A');
  await kept('p2', 'B');
  expect(await entries(sha256)).toEqual(['p1 kept', 'p2 kept']);
  await vault().mark(sha256, labelOf('p1', 'judged'));
  expect(await entries(sha256)).toEqual(['p2 kept', 'p1 judged']);
  await vault().put(fakeJpeg('same'), labelOf('p2', 'judged'));
  expect(await entries(sha256)).toEqual(['p1 judged', 'p2 judged']);
});

it('drops a picture with the last photo that uses it', async () => {
  const sha256 = await kept('p1', 'A');
  await kept('p2', 'B');
  for (const photoId of ['p1', 'p2']) {
    expect(await vault().has(sha256)).toBe(true);
    expect(vault().isUsed(sha256)).toBe(true);
    await rig.ledger.replace(photoId);
  }
  expect(vault().isUsed(sha256)).toBe(false);
  expect(await entries(sha256)).toBe('absent');
  await vault().mark(sha256, labelOf('p1', 'judged'));
  expect(await vault().list()).toEqual([]);
});

it('does one thing at a time, also after one that failed', async () => {
  const happened: string[] = [];
  const does = (name: string, fails = false) =>
    vault().exclusively(async () => {
      happened.push(`${name} begins`);
      await Promise.resolve();
      happened.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const all = [does('one'), does('two', true), does('three')];
  expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
  expect(happened).toEqual(
    ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
});

it('knows what is free on its disk, in bytes', async () => {
  const free = await vault().freeBytes();
  expect(free).toBeGreaterThan(1_000_000);
  expect(Number.isInteger(free)).toBe(true);
});
