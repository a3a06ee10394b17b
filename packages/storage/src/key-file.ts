import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeDurably } from './durable-file.ts';
import { KEY_BYTES } from './sealed-bytes.ts';

/**
 * The 32-byte key in `path`, made at first use (mode 0600). A file of another size is refused:
 * overwriting it would make everything sealed with it unreadable for good.
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
  if (key.length !== KEY_BYTES) throw new Error(`${path} is not a ${KEY_BYTES}-byte key`);
  return key;
}
