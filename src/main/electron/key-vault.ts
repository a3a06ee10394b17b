import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_BYTES, writeDurably } from '@gradshot/storage';
import { safeStorage } from 'electron';
import { KEY_FILE, loadKeyFile, refuseNewKey, SEALED_KEY_FILE } from '../data-folder.ts';
import { StationStartError } from '../station/api.ts';

/**
 * The 32-byte key of a data folder, held by the system's vault where it has one (Keychain, DPAPI,
 * libsecret, KWallet), else in a key file. A folder that has a key file already keeps it: the
 * browser shell may use the same folder and cannot ask the vault. A sealed key that cannot be
 * opened is `station.keyDamaged` and is never replaced: everything at rest would be lost.
 */
export async function loadStationKey(dataDir: string): Promise<Uint8Array> {
  const sealedPath = join(dataDir, SEALED_KEY_FILE);
  const sealed = await readIfPresent(sealedPath);
  if (sealed) return unseal(sealed, sealedPath);
  const plainPath = join(dataDir, KEY_FILE);
  if ((await readIfPresent(plainPath)) || !(await hasVault())) return loadKeyFile(dataDir);
  refuseNewKey(dataDir);
  const key = randomBytes(KEY_BYTES);
  await writeDurably(sealedPath, await safeStorage.encryptStringAsync(key.toString('base64')));
  return key;
}

/** Linux without a key ring falls back to a constant password, which protects nothing. */
async function hasVault(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

async function unseal(sealed: Buffer, path: string): Promise<Uint8Array> {
  const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed).catch(damaged);
  const key = Buffer.from(result, 'base64');
  if (key.length !== KEY_BYTES) damaged(`${path} does not hold a ${KEY_BYTES}-byte key`);
  // The vault's own key was rotated; the old one may be gone at the next start.
  if (shouldReEncrypt) await writeDurably(path, await safeStorage.encryptStringAsync(result));
  return key;
}

/** Cut short, altered, or of another account's vault. */
function damaged(cause: unknown): never {
  throw new StationStartError({ code: 'station.keyDamaged' }, { cause });
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
