import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  KEY_FILE,
  loadKeyFile,
  lockDataFolder,
  refuseSealedKey,
  SEALED_KEY_FILE,
} from './data-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradshot-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('makes a folder that is private and takes it', () => {
  const data = join(folder, 'station');
  const lock = lockDataFolder(data);
  expect(lock).toBeDefined();
  expect(statSync(data).mode & 0o077).toBe(0);
  expect(lockDataFolder(data)).toBeUndefined();
  lock?.release();
  const next = lockDataFolder(data);
  expect(next).toBeDefined();
  next?.release();
});

/** Takes the folder in a process of its own, says so, and stays. */
const OWNER = `
  const { lockDataFolder } = await import(process.argv[1]);
  globalThis.lock = lockDataFolder(process.argv[2]);
  console.log(globalThis.lock ? 'taken' : 'refused');
  setInterval(() => {}, 60_000);
`;

test('a folder with pictures gets no new key, and a damaged key is not replaced', async () => {
  expect(await loadKeyFile(folder)).toHaveLength(32);
  const path = join(folder, KEY_FILE);
  const key = readFileSync(path);
  mkdirSync(join(folder, 'pictures'));
  for (const damaged of [key.subarray(0, 20), Buffer.alloc(0), Buffer.alloc(32)]) {
    writeFileSync(path, damaged);
    const refused = { failure: { code: 'station.keyDamaged' } };
    await expect(loadKeyFile(folder)).rejects.toMatchObject(refused);
  }
  rmSync(path);
  const missing = { failure: { code: 'station.keyMissing' } };
  await expect(loadKeyFile(folder)).rejects.toMatchObject(missing);
  expect(readdirSync(folder)).toEqual(['pictures']);
  writeFileSync(path, key);
  expect(Buffer.from(await loadKeyFile(folder)).equals(key)).toBe(true);
});

test('leaves a folder to the living process that has it, and takes over from a killed one', async () => {
  const module = new URL('./data-folder.ts', import.meta.url).href;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER, module, folder]);
  const [said] = await once(owner.stdout, 'data');
  expect(String(said)).toBe('taken\n');
  expect(lockDataFolder(folder)).toBeUndefined();
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  // Whatever else its number belongs to by now.
  const lock = lockDataFolder(folder);
  expect(lock).toBeDefined();
  lock?.release();
});

test('refuses a folder whose key only the vault can open', () => {
  refuseSealedKey(folder);
  writeFileSync(join(folder, SEALED_KEY_FILE), '');
  expect(() => refuseSealedKey(folder)).toThrow('--shell electron');
});
