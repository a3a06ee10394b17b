import { relative } from 'node:path';
import { z } from 'zod';

export type FileTime = { readonly file: string; readonly ms: number };

const vitestReport = z.object({
  testResults: z.array(z.object({ name: z.string(), startTime: z.number(), endTime: z.number() })),
});

/** How long each file's tests took, by paths from `root`. */
export function vitestTimes(report: unknown, root: string): readonly FileTime[] {
  return vitestReport.parse(report).testResults.map(({ name, startTime, endTime }) => ({
    file: relative(root, name),
    ms: endTime - startTime,
  }));
}

type Suite = {
  readonly file: string;
  readonly specs: readonly {
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
  }[];
  readonly suites?: readonly Suite[] | undefined;
};

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    file: z.string(),
    specs: z.array(
      z.object({
        tests: z.array(z.object({ results: z.array(z.object({ duration: z.number() })) })),
      }),
    ),
    suites: z.array(suite).optional(),
  }),
);

/** Retries count: they are time that the gate takes. */
export function playwrightTimes(report: unknown): readonly FileTime[] {
  const { suites } = z.object({ suites: z.array(suite) }).parse(report);
  return suites.map((file) => ({ file: file.file, ms: timeOf(file) }));
}

function timeOf({ specs, suites = [] }: Suite): number {
  const results = specs.flatMap(({ tests }) => tests.flatMap((test) => test.results));
  const own = results.reduce((sum, { duration }) => sum + duration, 0);
  return suites.reduce((sum, nested) => sum + timeOf(nested), own);
}

const SHOWN = 10;

/** One line a file, the slowest first. */
export function slowestLines(times: readonly FileTime[]): readonly string[] {
  return [...times]
    .sort((a, b) => b.ms - a.ms)
    .slice(0, SHOWN)
    .map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
}
