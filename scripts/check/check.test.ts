import { afterEach, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { CHECKS } from './checks.mjs';
import { runChecks } from './run.ts';

afterEach(() => void vi.restoreAllMocks());

test('every check of the manifest is run', () => {
  const named = Object.keys(manifest.scripts).filter((name) => name.startsWith('check:'));
  expect(CHECKS.map(({ script }) => script)).toEqual(named);
});

test('a failing check is named, does not hide the next one, and fails the whole', async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const summary = vi.spyOn(console, 'log').mockImplementation(() => {});
  const checks = [
    { title: 'One', script: 'there-is-no-such-check' },
    { title: 'Two', script: 'nor-this-one' },
  ];
  expect(await runChecks(checks, 3)).toBe(1);
  expect(summary).toHaveBeenCalledExactlyOnceWith(
    '2 checks, 2 failed: there-is-no-such-check, nor-this-one',
  );
});
