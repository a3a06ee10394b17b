import { expect, test } from 'vitest';
import {
  add,
  NONE,
  playwrightTally,
  skipReasons,
  tallyLine,
  vitestTally,
  withExitStatus,
} from './tally.ts';

test('the last line names what there was', () => {
  expect(tallyLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
  expect(tallyLine({ passed: 1, failed: 2, skipped: 3 })).toBe('1 passed, 2 failed, 3 skipped');
});

test('a test file that cannot be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ],
  };
  expect(vitestTally(report)).toEqual({ passed: 3, failed: 2, skipped: 3 });
});

test('errors outside of tests count as failures', () => {
  const stats = { expected: 2, unexpected: 1, flaky: 1, skipped: 4 };
  const tally = playwrightTally({ errors: [{}], stats });
  expect(tally).toEqual({ passed: 3, failed: 2, skipped: 4 });
});

test('a runner that ends badly without a failed test is a failure', () => {
  expect(withExitStatus(NONE, 1)).toEqual({ ...NONE, failed: 1 });
  expect(withExitStatus({ ...NONE, failed: 2 }, 1)).toEqual({ ...NONE, failed: 2 });
  expect(withExitStatus(NONE, 0)).toEqual(NONE);
});

test('sums', () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(add(one, one)).toEqual({ passed: 2, failed: 4, skipped: 6 });
});

test('skip reasons are gathered from nested suites', () => {
  const skipped = { annotations: [{ type: 'skip', description: 'no display' }] };
  const report = {
    suites: [
      { specs: [{ tests: [skipped] }], suites: [{ specs: [{ tests: [skipped] }] }] },
      { specs: [{ tests: [{ annotations: [] }, { annotations: [{ type: 'skip' }] }] }] },
    ],
  };
  expect([...skipReasons(report)]).toEqual([['no display', 2]]);
});
