import { afterEach, expect, test, vi } from 'vitest';
import { beginTimeLimit, LIMIT_MINUTES, remainingMs } from './time-limit.mjs';

afterEach(() => void vi.unstubAllEnvs());

const LIMIT_MS = LIMIT_MINUTES * 60_000;

test('the time counts from the first command', () => {
  vi.stubEnv('GRADSHOT_BEGUN', '1000');
  beginTimeLimit();
  expect(remainingMs(1_000_000)).toBe(LIMIT_MS);
  expect(remainingMs(1_060_000)).toBe(LIMIT_MS - 60_000);
});

test('a command that is the first counts from its own begin', () => {
  vi.stubEnv('GRADSHOT_BEGUN', '');
  beginTimeLimit();
  expect(remainingMs()).toBeGreaterThan(LIMIT_MS - 10_000);
  expect(remainingMs()).toBeLessThanOrEqual(LIMIT_MS);
});

test('past the limit something is left to say so in', () => {
  vi.stubEnv('GRADSHOT_BEGUN', '1000');
  expect(remainingMs(1_000_000 + 2 * LIMIT_MS)).toBe(1);
});
