import { createHash, randomUUID } from 'node:crypto';
import { access, readdir, readFile, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { inTurns } from './in-turns.ts';
import { bytesInTurns, objectFile, readLabel, relabelledFile } from './object-file.ts';

/**
 * Content-addressed store of encrypted objects. The address is the SHA-256 of the plain bytes, so
 * storing the same picture twice is one object and a damaged one is noticed when read.
 */
export type ObjectStore = {
  /**
   * Stores the bytes durably and returns their SHA-256 (hex). Where they lie already, only the label
   * is renewed, if one is given; where what lies there is damaged, it is set aside and stored anew.
   */
  put(bytes: Uint8Array, label?: Uint8Array): Promise<string>;
  /** The plain bytes, or undefined when there is no such object. Throws when it is damaged. */
  get(sha256: string): Promise<Buffer | undefined>;
  /** The object as it lies on the disk, label and all; undefined when there is none. */
  sealed(sha256: string): Promise<Buffer | undefined>;
  /**
   * What was sealed beside the bytes; undefined when there is no such object or it has no label.
   * Throws when it is damaged. Reads the label alone.
   */
  label(sha256: string): Promise<Buffer | undefined>;
  /** Replaces the label durably; false when there is no such object. Throws when it is damaged. */
  setLabel(sha256: string, label: Uint8Array): Promise<boolean>;
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

/** As `sha256Hex`, in turns. */
export async function sha256InTurns(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  await inTurns(bytes, (slice) => hash.update(slice));
  return hash.digest('hex');
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
  const get = async (sha256: string) => {
    const file = await readOrUndefined(pathOf(sha256));
    return file && bytesInTurns(key, sha256, file);
  };
  const setLabel = async (sha256: string, label: Uint8Array) => {
    const file = await readOrUndefined(pathOf(sha256));
    if (!file) return false;
    await writeDurably(pathOf(sha256), relabelledFile(key, sha256, file, label));
    return true;
  };
  return {
    has,
    get,
    sealed: (sha256) => readOrUndefined(pathOf(sha256)),
    setLabel,
    async put(bytes, label) {
      const sha256 = await sha256InTurns(bytes);
      const path = pathOf(sha256);
      const sound = await get(sha256).catch(() => setAside(path));
      if (!sound) await writeDurably(path, await objectFile(key, sha256, bytes, label));
      else if (label) await setLabel(sha256, label);
      return sha256;
    },
    label: (sha256) => orUndefined(readLabel(key, sha256, pathOf(sha256))),
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true });
    },
    list: () => listAddresses(dir),
  };
}

/** A damaged object is nobody's to delete: it stays beside the one that takes its place. */
async function setAside(path: string): Promise<undefined> {
  await rename(path, `${path}.damaged-${randomUUID()}`);
  return undefined;
}

const readOrUndefined = (path: string) => orUndefined(readFile(path));

/** Undefined where there is no such file. */
async function orUndefined<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
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
