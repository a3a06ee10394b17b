import { afterEach, describe, expect, test, vi } from 'vitest';
import { factorOf, patient, slowness } from './slowness.ts';

afterEach(() => void vi.unstubAllEnvs());

describe('the factor', () => {
  test('is what the median round takes beside the reference', () => {
    expect(factorOf([270, 270, 270], 2)).toBe(3);
    expect(factorOf([90, 9000, 180], 2)).toBe(2);
  });

  test('is never less than one, and never so much that a hang goes unseen', () => {
    expect(factorOf([10, 10, 10], 8)).toBe(1);
    expect(factorOf([90_000, 90_000, 90_000], 2)).toBe(6);
  });

  test('counts a missing core', () => {
    expect(factorOf([90, 90, 90], 1)).toBe(2);
  });
});

test('a child process takes over what was measured', () => {
  vi.stubEnv('GRADSHOT_SLOWNESS', '2.5');
  expect(slowness()).toBe(2.5);
  expect(patient(20_000)).toBe(50_000);
});

test('what is measured is kept for child processes', () => {
  vi.stubEnv('GRADSHOT_SLOWNESS', '');
  const measured = slowness();
  expect(measured).toBeGreaterThanOrEqual(1);
  expect(process.env.GRADSHOT_SLOWNESS).toBe(`${measured}`);
});
