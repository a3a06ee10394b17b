import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { providerMemory } from './provider-memory.ts';

const DAY = 24 * 3_600_000;
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gradshot-memory-'));
  file = path.join(folder, 'deeper', 'providers.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const CRASHED = { webgpu: 'its trial ended the imaging process (SIGABRT)' };

describe('the memory of providers', () => {
  it('is empty at first', () => {
    expect(providerMemory(file).recall()).toEqual({});
  });

  it('lasts from one start to the next, for a month', () => {
    providerMemory(file, () => 0).keep(CRASHED);
    expect(providerMemory(file, () => 29 * DAY).recall()).toEqual(CRASHED);
    expect(providerMemory(file, () => 31 * DAY).recall()).toEqual({});
  });

  it.each([
    '',
    '{',
    '[]',
    '{"system":"another","at":"2026-01-01T00:00:00Z","avoided":{"cuda":"x"}}',
  ])('does not believe %j', (text) => {
    providerMemory(file).keep(CRASHED);
    writeFileSync(file, text);
    expect(providerMemory(file).recall()).toEqual({});
  });

  it('does not fail where nothing can be written', () => {
    writeFileSync(path.join(folder, 'deeper'), 'a file where the folder should be');
    providerMemory(file).keep(CRASHED);
    expect(providerMemory(file).recall()).toEqual({});
  });
});
