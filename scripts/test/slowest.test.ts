import { expect, test } from 'vitest';
import { playwrightTimes, slowestLines, vitestTimes } from './slowest.ts';

test('unit tests by file, from the root', () => {
  const report = {
    testResults: [{ name: '/house/server/tests/a.test.ts', startTime: 1000, endTime: 3500.5 }],
  };
  expect(vitestTimes(report, '/house')).toEqual([{ file: 'server/tests/a.test.ts', ms: 2500.5 }]);
});

test('browser tests by file, with nested suites and retries', () => {
  const spec = (...durations: number[]) => ({
    tests: [{ results: durations.map((duration) => ({ duration })) }],
  });
  const file = 'tests/e2e/first-run.spec.ts';
  const report = {
    suites: [{ file, specs: [spec(100, 50)], suites: [{ file, specs: [spec(20)] }] }],
  };
  expect(playwrightTimes(report)).toEqual([{ file: 'tests/e2e/first-run.spec.ts', ms: 170 }]);
});

test('the ten slowest, the slowest first', () => {
  const times = Array.from({ length: 12 }, (_, i) => ({ file: `${i}.ts`, ms: i * 1000 }));
  const lines = slowestLines(times);
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe('   11.0 s  11.ts');
  expect(lines.at(-1)).toBe('    2.0 s  2.ts');
});
