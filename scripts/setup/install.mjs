// Runs on whatever Node the system has (20.19 or later) and before any package is there.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { remainingMs } from './time-limit.mjs';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const LOCK = join(ROOT, 'package-lock.json');
/** Written by npm at the end of every install: what is there. */
const NPM_RECORD = join(ROOT, 'node_modules', '.package-lock.json');

/** Earlier npm versions ignore `allowScripts` and would run every install script. */
const NPM_MAJOR = 11;

/**
 * Installs exactly what the lock file names, unless it is there already.
 * @param {ReturnType<typeof import('./progress.mjs').createProgress>} step
 */
export async function ensureInstalled(step) {
  if (isInstalled()) return step('Packages', async () => {});
  const status = await step('Installing packages', install);
  if (status === 0) return;
  console.error('The packages could not be installed. Check the network and npm’s message above.');
  process.exit(1);
}

/**
 * The packages are for the pinned Node, which is one of them: npm's warnings that the system's Node
 * is too old for a hundred of them are about a Node that runs none. Errors are shown, and they alone.
 * @returns {Promise<number>}
 */
function install() {
  const [command, ...args] = npmCommand();
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error', '--progress=false'];
  return new Promise((resolve) => {
    const child = spawn(command, [...args, 'ci', ...quietly], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
      timeout: remainingMs(),
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Compares contents, not times: a fresh checkout touches the lock file. Optional packages are
 * those of other platforms.
 */
function isInstalled() {
  const present = packagesOf(NPM_RECORD);
  if (!present) return false;
  return Object.entries(packagesOf(LOCK) ?? {}).every(
    ([path, { version, optional, devOptional, link }]) =>
      !path.includes('node_modules/') ||
      optional ||
      devOptional ||
      link ||
      present[path]?.version === version,
  );
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Entry
 * @param {string} file a package-lock.json
 * @returns {Record<string, Entry> | undefined}
 */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** @returns {[string, ...string[]]} */
function npmCommand() {
  const { stdout } = spawnSync('npm', ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const major = Number.parseInt(stdout ?? '', 10);
  if (Number.isNaN(major)) {
    console.error('npm was not found. Install Node.js (20.19 or later) with npm and start again.');
    process.exit(1);
  }
  return major >= NPM_MAJOR ? ['npm'] : ['npx', '--yes', `npm@${NPM_MAJOR}`];
}
