import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/install.mjs';
import { pinnedEnvironment, pinnedNode } from '../setup/pinned-node.mjs';
import { PREPARATIONS } from '../setup/prepared-tree.ts';
import { createProgress } from '../setup/progress.mjs';
import { LIMIT_MINUTES, remainingMs } from '../setup/time-limit.mjs';
import type { Part } from './options.mjs';
import { type FileTime, playwrightTimes, slowestLines, vitestTimes } from './slowest.ts';
import { slowness } from './slowness.ts';
import { ensureBrowserTools } from './system-tools.ts';
import {
  add,
  NONE,
  playwrightTally,
  skipReasons,
  type Tally,
  tallyLine,
  vitestTally,
  withExitStatus,
} from './tally.ts';
import { removeTemporaryFolder, temporaryFolder } from './temporary-folder.ts';

/**
 * What Node has compiled of the programs that tests start, for the next start: a server's modules take a second
 * of a core less.
 */
const COMPILED = join(ROOT, '.cache', 'compiled');

const REPORTS = join(ROOT, '.cache', 'test-reports');

/** The browser tests end by themselves this long before they would be ended, and still report. */
const REPORT_MS = 60_000;
const TIME_IS_OVER = `\nStopped: the ${LIMIT_MINUTES} minutes that everything may take are over.`;

/** For a runner that is asked to end. */
const GRACE_MS = 20_000;

type Outcome = { readonly tally: Tally; readonly times: readonly FileTime[] };

/**
 * Prepares and runs the parts one after the other and prints the sum as the last line, whatever
 * happens; the exit status.
 */
export async function runTests(parts: readonly Part[], steps: number): Promise<number> {
  const outcomes: Outcome[] = [];
  const folder = temporaryFolder();
  process.once('exit', () => removeTemporaryFolder(folder));
  if (folder) process.env.TMPDIR = folder;
  const watchdog = setTimeout(
    () => {
      console.error(TIME_IS_OVER);
      process.exit(close(outcomes, true));
    },
    remainingMs() + 2 * GRACE_MS,
  );
  try {
    await runParts(parts, steps, outcomes);
    return close(outcomes, false);
  } catch (error) {
    console.error(error);
    return close(outcomes, true);
  } finally {
    clearTimeout(watchdog);
  }
}

async function runParts(parts: readonly Part[], steps: number, outcomes: Outcome[]): Promise<void> {
  mkdirSync(REPORTS, { recursive: true });
  const step = createProgress(steps, steps - PREPARATIONS.length - parts.length);
  for (const { title, work } of PREPARATIONS) await step(title, work);
  sayHowSlow();
  for (const part of parts) {
    const { title, run } = PARTS[part];
    outcomes.push(await step(title, run, { talks: true }));
  }
}

/** The closing lines; `broken`: something ended the run besides a test. */
function close(outcomes: readonly Outcome[], broken: boolean): number {
  const slowest = slowestLines(outcomes.flatMap(({ times }) => times));
  if (slowest.length > 0) console.log(['\nThe slowest test files', ...slowest].join('\n'));
  const tallies = outcomes.map(({ tally }) => tally);
  const sum = tallies.reduce(add, { ...NONE, failed: broken ? 1 : 0 });
  console.log(`\n${tallyLine(sum)}`);
  return sum.failed === 0 ? 0 : 1;
}

function sayHowSlow(): void {
  const factor = slowness();
  if (factor > 1) console.log(`A slow or busy machine: every limit is stretched by ${factor}.`);
}

const PARTS: Readonly<Record<Part, { title: string; run(): Promise<Outcome> }>> = {
  unit: { title: 'Unit, property, layer, packaging and database tests', run: runUnit },
  e2e: { title: 'The whole product in a browser, and the Electron shell', run: runE2e },
};

async function runUnit(): Promise<Outcome> {
  const report = freshReport('vitest.json');
  const status = await runTool(
    'node_modules/vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    // The builds before leave NODE_ENV=production behind, under which React has no act().
    { NODE_ENV: 'test' },
  );
  return {
    tally: withExitStatus(read(report, vitestTally) ?? NONE, status),
    times: read(report, (content) => vitestTimes(content, ROOT)) ?? [],
  };
}

async function runE2e(): Promise<Outcome> {
  const obstacle = ensureBrowserTools();
  if (obstacle) {
    console.error(obstacle);
    return { tally: { ...NONE, failed: 1 }, times: [] };
  }
  const report = freshReport('playwright.json');
  const status = await runTool(
    'node_modules/@playwright/test/cli.js',
    ['test', '--reporter=list,json', '--pass-with-no-tests'],
    {
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      GRADSHOT_PAGE_PICTURES: 'none',
      E2E_LIMIT_MS: `${Math.max(1, remainingMs() - REPORT_MS)}`,
    },
  );
  for (const [reason, count] of read(report, skipReasons) ?? []) {
    console.log(`  ${count} skipped: ${reason}`);
  }
  return {
    tally: withExitStatus(read(report, playwrightTally) ?? NONE, status),
    times: read(report, playwrightTimes) ?? [],
  };
}

function freshReport(name: string): string {
  const path = join(REPORTS, name);
  rmSync(path, { force: true });
  return path;
}

/** Undefined: the runner did not get as far as a report, and its exit status says so. */
function read<T>(path: string, what: (report: unknown) => T): T | undefined {
  return existsSync(path) ? what(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** The runner's exit status; 1 when it had to be ended because the time was over. */
function runTool(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(), [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: { ...pinnedEnvironment(), NODE_COMPILE_CACHE: COMPILED, ...env },
      stdio: 'inherit',
    });
    const timers = [
      setTimeout(() => {
        console.error(TIME_IS_OVER);
        child.kill();
      }, remainingMs()),
      setTimeout(() => child.kill('SIGKILL'), remainingMs() + GRACE_MS),
    ];
    child.on('error', reject);
    child.on('exit', (code) => {
      for (const timer of timers) clearTimeout(timer);
      resolve(code ?? 1);
    });
  });
}
