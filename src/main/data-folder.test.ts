import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder, refuseSealedKey, SEALED_KEY_FILE } from './data-folder.ts';

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
  lock?.release();
  expect(readdirSync(data)).toEqual([]);
});

test('leaves a folder to the living process that has it', () => {
  // Process 1 always lives.
  writeFileSync(join(folder, 'station.lock'), '1');
  expect(lockDataFolder(folder)).toBeUndefined();
});

test.each(['999999999', '', 'text', String(process.pid)])(
  'takes over from a dead owner %j',
  (pid) => {
    writeFileSync(join(folder, 'station.lock'), pid);
    expect(lockDataFolder(folder)).toBeDefined();
  },
);

test('refuses a folder whose key only the vault can open', () => {
  refuseSealedKey(folder);
  writeFileSync(join(folder, SEALED_KEY_FILE), '');
  expect(() => refuseSealedKey(folder)).toThrow('--shell electron');
});
