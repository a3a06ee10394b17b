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
  await writeFile(path, 'short');
  await expect(loadOrCreateKey(path)).rejects.toThrow('32-byte');
});
