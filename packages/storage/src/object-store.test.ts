import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFileObjectStore,
  loadOrCreateKey,
  open,
  seal,
  sha256Hex,
  sweepTemporaryFiles,
} from './index.ts';

let dir: string;
const key = Buffer.alloc(32, 7);
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'store-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('returns the very bytes, once stored, and stores no second copy', async () => {
  const store = createFileObjectStore(dir, key);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 4096 }), async (bytes) => {
      const address = await store.put(bytes);
      expect(address).toBe(sha256Hex(bytes));
      expect(await store.put(bytes)).toBe(address);
      expect(Buffer.compare((await store.get(address))!, bytes)).toBe(0);
      expect((await store.list()).filter((x) => x === address)).toHaveLength(1);
    }),
    { numRuns: 25 },
  );
});

test('nothing readable lies on the disk', async () => {
  const store = createFileObjectStore(dir, key);
  const address = await store.put(Buffer.from('110105199901010011'));
  const onDisk = await readFile(join(dir, address.slice(0, 2), address));
  expect(onDisk.includes('110105')).toBe(false);
});

test('a damaged object is noticed, an absent one is undefined', async () => {
  const store = createFileObjectStore(dir, key);
  const address = await store.put(Buffer.from('picture'));
  const path = join(dir, address.slice(0, 2), address);
  const bytes = await readFile(path);
  bytes[bytes.length - 1]! ^= 1;
  await writeFile(path, bytes);
  await expect(store.get(address)).rejects.toThrow();
  expect(await store.get('0'.repeat(64))).toBeUndefined();
});

test('a label lies sealed beside the bytes, and is renewed without them', async () => {
  const store = createFileObjectStore(dir, key);
  const picture = Buffer.alloc(100_000, 'picture');
  const address = await store.put(picture, Buffer.from('kept by 110105199901010011'));
  expect((await store.label(address))?.toString()).toBe('kept by 110105199901010011');
  const path = join(dir, address.slice(0, 2), address);
  expect((await readFile(path)).includes('110105')).toBe(false);
  expect(await store.setLabel(address, Buffer.from('handed in'))).toBe(true);
  expect((await store.label(address))?.toString()).toBe('handed in');
  expect(await store.get(address)).toEqual(picture);
  await store.put(picture, Buffer.from('once more'));
  expect((await store.label(address))?.toString()).toBe('once more');
  await store.put(picture);
  expect((await store.label(address))?.toString()).toBe('once more');
});

test('objects without a label and absent ones have none to tell', async () => {
  const store = createFileObjectStore(dir, key);
  const address = await store.put(Buffer.from('plain'));
  expect(await store.label(address)).toBeUndefined();
  expect(await store.label('0'.repeat(64))).toBeUndefined();
  expect(await store.setLabel('0'.repeat(64), Buffer.from('x'))).toBe(false);
  expect(await store.setLabel(address, Buffer.from('later'))).toBe(true);
  expect((await store.get(address))?.toString()).toBe('plain');
});

test('a label cannot be moved to another object, and any flipped byte is noticed', async () => {
  const store = createFileObjectStore(dir, key);
  const one = await store.put(Buffer.from('one'), Buffer.from('label'));
  const other = await store.put(Buffer.from('other'), Buffer.from('label'));
  const pathOf = (address: string) => join(dir, address.slice(0, 2), address);
  const [file, foreign] = [await readFile(pathOf(one)), await readFile(pathOf(other))];
  await writeFile(pathOf(one), foreign);
  await expect(store.label(one)).rejects.toThrow();
  for (let at = 0; at < file.length; at++) {
    const bytes = Buffer.from(file);
    bytes[at]! ^= 0x10;
    await writeFile(pathOf(one), bytes);
    const read = Promise.all([store.label(one), store.get(one)]);
    await expect(read, `byte ${at}`).rejects.toThrow();
  }
  for (const length of [0, 1, 4, 5, 20, file.length - 1]) {
    await writeFile(pathOf(one), file.subarray(0, length));
    await expect(store.get(one), `${length} bytes`).rejects.toThrow();
  }
});

test('what is damaged is set aside and stored anew, never taken for the picture', async () => {
  const store = createFileObjectStore(dir, key);
  const address = await store.put(Buffer.from('picture'));
  const folder = join(dir, address.slice(0, 2));
  await writeFile(join(folder, address), 'rubbish');
  await store.put(Buffer.from('picture'));
  expect((await store.get(address))?.toString()).toBe('picture');
  expect((await readdir(folder)).filter((x) => x.includes('.damaged-'))).toHaveLength(1);
  expect(await store.list()).toEqual([address]);
});

test('an address from outside cannot leave the folder', async () => {
  const store = createFileObjectStore(dir, key);
  await expect(store.get('../../etc/passwd')).rejects.toThrow('address');
});

test('removing is real and repeatable; the sweep takes stale temp files', async () => {
  const store = createFileObjectStore(dir, key);
  const address = await store.put(Buffer.from('x'));
  await writeFile(join(dir, address.slice(0, 2), 'left.tmp'), 'half');
  expect(await sweepTemporaryFiles(dir)).toBe(1);
  await store.remove(address);
  await store.remove(address);
  expect(await store.has(address)).toBe(false);
  expect((await readdir(join(dir, address.slice(0, 2)))).length).toBe(0);
});

test('a sealed value opens only with its key and context', () => {
  const sealed = seal(key, Buffer.from('secret'), 'a');
  expect(open(key, sealed, 'a').toString()).toBe('secret');
  expect(() => open(key, sealed, 'b')).toThrow();
  expect(() => open(Buffer.alloc(32, 8), sealed, 'a')).toThrow();
});

test('the key is made once, and a broken key file is never overwritten', async () => {
  const path = join(dir, 'key');
  const first = await loadOrCreateKey(path);
  expect((await loadOrCreateKey(path)).equals(first)).toBe(true);
  for (const damaged of ['short', '', Buffer.alloc(32)]) {
    await writeFile(path, damaged);
    await expect(loadOrCreateKey(path)).rejects.toThrow('32-byte');
    expect(await readFile(path)).toEqual(Buffer.from(damaged));
  }
});
