import { createHash } from 'node:crypto';
import { access, readdir, readFile, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { open, seal } from './sealed-bytes.ts';

/**
 * Content-addressed store of encrypted objects. The address is the SHA-256 of the plain bytes, so
 * storing the same picture twice is one object and a damaged one is noticed when read.
 */
export type ObjectStore = {
  /** Stores the bytes durably and returns their SHA-256 (hex). Storing them again is a no-op. */
  put(bytes: Uint8Array): Promise<string>;
  /** The plain bytes, or undefined when there is no such object. Throws when it is damaged. */
  get(sha256: string): Promise<Buffer | undefined>;
  has(sha256: string): Promise<boolean>;
  /** Deletes the object; deleting an absent one is fine. */
  remove(sha256: string): Promise<void>;
  /** All addresses, for retention and consistency sweeps. */
  list(): Promise<string[]>;
};

const ADDRESS = /^[0-9a-f]{64}$/;

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** `dir`: folder of the store (made on demand). `key`: 32 bytes. */
export function createFileObjectStore(dir: string, key: Uint8Array): ObjectStore {
  const pathOf = (sha256: string) => {
    if (!ADDRESS.test(sha256)) throw new Error('not an object address');
    return join(dir, sha256.slice(0, 2), sha256);
  };
  const has = (sha256: string) =>
    access(pathOf(sha256)).then(
      () => true,
      () => false,
    );
  return {
    has,
    async put(bytes) {
      const sha256 = sha256Hex(bytes);
      if (!(await has(sha256))) await writeDurably(pathOf(sha256), seal(key, bytes, sha256));
      return sha256;
    },
    async get(sha256) {
      const sealed = await readOrUndefined(pathOf(sha256));
      return sealed && open(key, sealed, sha256);
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    list: () => listAddresses(dir),
  };
}

async function readOrUndefined(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function listAddresses(dir: string): Promise<string[]> {
  const names = await readdir(dir, { recursive: true }).catch(() => [] as string[]);
  return names.map((name) => name.split(/[\\/]/).at(-1) ?? '').filter((name) => ADDRESS.test(name));
}

/** Removes temp files that a crash left behind; call once at start, before any `put`. */
export async function sweepTemporaryFiles(dir: string): Promise<number> {
  const names = await readdir(dir, { recursive: true }).catch(() => [] as string[]);
  const stale = names.filter((name) => name.endsWith('.tmp'));
  await Promise.all(stale.map((name) => unlink(join(dir, name)).catch(() => undefined)));
  return stale.length;
}
