import { expect, test, vi } from 'vitest';
import { optionsOrExit, PREPARATION_STEPS } from './fresh-clone.mjs';
import { PREPARATIONS } from './prepared-tree.ts';

test('the steps that are announced before any package is there are those that are taken', () => {
  expect(PREPARATION_STEPS).toBe(1 + PREPARATIONS.length);
});

test('a wrong option ends the command with a sentence and the help', () => {
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const refuse = () => {
    throw new Error('--only must be unit or e2e.');
  };
  optionsOrExit(refuse, ['--only', 'x'], 'Usage: …');
  expect(said).toHaveBeenCalledWith('--only must be unit or e2e.\n\nUsage: …');
  expect(exit).toHaveBeenCalledExactlyOnceWith(2);
  vi.restoreAllMocks();
});
