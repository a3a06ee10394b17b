import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../setup/install.mjs';
import { pinnedEnvironment, pinnedNode } from '../setup/pinned-node.mjs';
import { ensureBuilt, ensureModels } from '../setup/prepared-tree.ts';
import type { Part } from './options.mjs';
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

const REPORTS = join(ROOT, '.cache', 'test-reports');

/** Runs the parts one after the other and prints the sum as the last line; the exit status. */
export async function runTests(parts: readonly Part[]): Promise<number> {
  mkdirSync(REPORTS, { recursive: true });
  console.log('• Checking the models and the build');
  await ensureModels();
  await ensureBuilt();
  let sum = NONE;
  for (const part of parts) sum = add(sum, part === 'unit' ? await runUnit() : await runE2e());
  console.log(`\n${tallyLine(sum)}`);
  return sum.failed === 0 ? 0 : 1;
}

async function runUnit(): Promise<Tally> {
  console.log('\n• Unit, property, layer, packaging and database tests');
  const report = freshReport('vitest.json');
  const status = await runTool(
    'node_modules/vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    // The builds before leave NODE_ENV=production behind, under which React has no act().
    { NODE_ENV: 'test' },
  );
  return withExitStatus(read(report, vitestTally) ?? NONE, status);
}

async function runE2e(): Promise<Tally> {
  console.log('\n• The whole product in a browser, and the Electron shell');
  const obstacle = ensureBrowserTools();
  if (obstacle) {
    console.error(obstacle);
    return { ...NONE, failed: 1 };
  }
  const report = freshReport('playwright.json');
  const status = await runTool(
    'node_modules/@playwright/test/cli.js',
    ['test', '--reporter=list,json', '--pass-with-no-tests'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
  );
  for (const [reason, count] of read(report, skipReasons) ?? []) {
    console.log(`  ${count} skipped: ${reason}`);
  }
  return withExitStatus(read(report, playwrightTally) ?? NONE, status);
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

function runTool(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(pinnedNode(), [join(ROOT, script), ...args], {
      cwd: ROOT,
      env: { ...pinnedEnvironment(), ...env },
      stdio: 'inherit',
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
