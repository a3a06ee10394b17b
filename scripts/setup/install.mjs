// Runs on whatever Node the system has (20.19 or later) and before any package is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const LOCK = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.gradshot-install');
/** Written by npm at the end of every install. */
const NPM_RECORD = join(ROOT, 'node_modules', '.package-lock.json');

/** Earlier npm versions ignore `allowScripts` and would run every install script. */
const NPM_MAJOR = 11;

/** Installs exactly what the lock file names, unless that was done already. */
export function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (installedFor(wanted)) return;
  console.log('• Installing packages (about a minute, once)');
  const [command, ...args] = npmCommand();
  const { status } = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund'], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(
      'The packages could not be installed. Check the network and npm’s message above.',
    );
    process.exit(1);
  }
  writeFileSync(STAMP, wanted);
}

/** @param {string} wanted SHA-256 of the lock file */
function installedFor(wanted) {
  if (!existsSync(NPM_RECORD)) return false;
  if (existsSync(STAMP)) return readFileSync(STAMP, 'utf8') === wanted;
  // Installed by hand: npm's record is younger than the lock file it was made from.
  if (statSync(NPM_RECORD).mtimeMs < statSync(LOCK).mtimeMs) return false;
  writeFileSync(STAMP, wanted);
  return true;
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
