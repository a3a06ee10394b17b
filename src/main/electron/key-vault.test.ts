import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KEY_FILE, SEALED_KEY_FILE } from '../data-folder.ts';
import { resetElectron, safeStorage, state } from './electron-stand-in.ts';
import { loadStationKey } from './key-vault.ts';

vi.mock('electron', async () => (await import('./electron-stand-in.ts')).electronModule);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-key-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  resetElectron();
});

test('a new folder gets a key that only the vault can open', async () => {
  const key = await loadStationKey(folder);
  expect(key).toHaveLength(32);
  expect(readdirSync(folder)).toEqual([SEALED_KEY_FILE]);
  expect(readFileSync(join(folder, SEALED_KEY_FILE)).includes(Buffer.from(key))).toBe(false);
  expect(Buffer.from(await loadStationKey(folder))).toEqual(Buffer.from(key));
});

test('without a vault the key is a file', async () => {
  state.vault = false;
  await loadStationKey(folder);
  expect(readdirSync(folder)).toEqual([KEY_FILE]);
});

test.runIf(process.platform === 'linux')('a constant password is no vault', async () => {
  state.backend = 'basic_text';
  await loadStationKey(folder);
  expect(readdirSync(folder)).toEqual([KEY_FILE]);
});

test('a folder with a key file keeps it', async () => {
  const key = Buffer.alloc(32, 7);
  writeFileSync(join(folder, KEY_FILE), key);
  expect(Buffer.from(await loadStationKey(folder))).toEqual(key);
  expect(readdirSync(folder)).toEqual([KEY_FILE]);
});

test('a sealed key that cannot be opened is never replaced', async () => {
  writeFileSync(join(folder, SEALED_KEY_FILE), 'of another vault');
  const damaged = { failure: { code: 'station.keyDamaged' } };
  await expect(loadStationKey(folder)).rejects.toMatchObject(damaged);
  writeFileSync(join(folder, SEALED_KEY_FILE), await safeStorage.encryptStringAsync('short'));
  await expect(loadStationKey(folder)).rejects.toMatchObject(damaged);
  expect(readdirSync(folder)).toEqual([SEALED_KEY_FILE]);
});

test.each([true, false])('data without a key get no new one (vault: %s)', async (vault) => {
  state.vault = vault;
  writeFileSync(join(folder, 'station.db'), 'sealed by another');
  const missing = { failure: { code: 'station.keyMissing' } };
  await expect(loadStationKey(folder)).rejects.toMatchObject(missing);
  expect(readdirSync(folder)).toEqual(['station.db']);
});

test('the key is sealed again when the vault has rotated its own', async () => {
  const key = await loadStationKey(folder);
  state.reEncrypt = true;
  safeStorage.encryptStringAsync.mockClear();
  expect(Buffer.from(await loadStationKey(folder))).toEqual(Buffer.from(key));
  expect(safeStorage.encryptStringAsync).toHaveBeenCalledOnce();
});
