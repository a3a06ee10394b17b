import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeDurably } from './durable-file.ts';
import { KEY_BYTES } from './sealed-bytes.ts';

/** The file is not a key: cut short, emptied or something else. It is left as it is. */
export class DamagedKeyFile extends Error {
  constructor(path: string) {
    super(`${path} is not a ${KEY_BYTES}-byte key`);
    this.name = 'DamagedKeyFile';
  }
}

/**
 * The 32-byte key in `path`, made at first use (mode 0600). Throws `DamagedKeyFile` for a file of
 * another size, or of nothing but zeros, which a disk leaves of a file that it lost: overwriting it
 * would make everything sealed with it unreadable for good.
 */
export async function loadOrCreateKey(path: string): Promise<Buffer> {
  const existing = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (existing) return checked(existing, path);
  const key = randomBytes(KEY_BYTES);
  await writeDurably(path, key);
  return key;
}

function checked(key: Buffer, path: string): Buffer {
  if (key.length !== KEY_BYTES || key.every((byte) => byte === 0)) throw new DamagedKeyFile(path);
  return key;
}
