import { z } from 'zod';

export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

export const NONE: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(a: Tally, b: Tally): Tally {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
  };
}

/** `12 passed, 0 failed, 3 skipped`; skipped only when there are any. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
}

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** A file that could not even be loaded has no tests of its own and counts as one failure. */
export function vitestTally(report: unknown): Tally {
  const parsed = vitestReport.parse(report);
  const broken = parsed.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + broken.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  };
}

const playwrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({
    expected: z.int(),
    unexpected: z.int(),
    flaky: z.int(),
    skipped: z.int(),
  }),
});

/** A flaky test passed at last; it is counted so and named by the runner's own report. */
export function playwrightTally(report: unknown): Tally {
  const { errors, stats } = playwrightReport.parse(report);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

type Suite = {
  readonly specs: readonly {
    readonly tests: readonly {
      readonly annotations: readonly { type: string; description?: string | undefined }[];
    }[];
  }[];
  readonly suites?: readonly Suite[] | undefined;
};

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    specs: z.array(
      z.object({
        tests: z.array(
          z.object({
            annotations: z.array(
              z.object({ type: z.string(), description: z.string().optional() }),
            ),
          }),
        ),
      }),
    ),
    suites: z.array(suite).optional(),
  }),
);

/** Why tests were skipped: each reason with the number of its tests. */
export function skipReasons(report: unknown): ReadonlyMap<string, number> {
  const { suites } = z.object({ suites: z.array(suite) }).parse(report);
  const reasons = new Map<string, number>();
  for (const test of suites.flatMap(testsOf)) {
    const skip = test.annotations.find(({ type }) => type === 'skip');
    const reason = skip?.description;
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return reasons;
}

function testsOf(within: Suite): Suite['specs'][number]['tests'] {
  const own = within.specs.flatMap(({ tests }) => tests);
  return [...own, ...(within.suites ?? []).flatMap(testsOf)];
}

/**
 * What a runner's report and exit status say together: a runner that ends badly without a failed
 * test (no report, an error outside tests) counts as one failure.
 */
export function withExitStatus(tally: Tally, status: number): Tally {
  return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
