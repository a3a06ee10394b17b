// Runs on whatever Node the system has (20.19 or later) and before any package is there.
import { ensureInstalled } from './install.mjs';
import { continueOnPinnedNode, isRecent } from './pinned-node.mjs';
import { createProgress } from './progress.mjs';
import { beginTimeLimit } from './time-limit.mjs';

/** Packages, models and builds: one more than prepared-tree.ts lists. */
export const PREPARATION_STEPS = 3;

/** Tells the second half, on the pinned Node, that the first has seen to the packages. */
const INSTALLED = 'GRADSHOT_PACKAGES_INSTALLED';

/**
 * What a command does first on a fresh clone: its step 1 of `steps` installs the packages, then it
 * goes on in `run`, on the pinned Node.
 * @param {{ script: string, args: readonly string[], steps: number }} command
 * @param {() => Promise<void>} run
 */
export async function onFreshClone({ script, args, steps }, run) {
  beginTimeLimit();
  if (!process.env[INSTALLED]) await ensureInstalled(createProgress(steps));
  process.env[INSTALLED] = '1';
  if (isRecent()) await run();
  else continueOnPinnedNode(script, args);
}

/**
 * The options of a command; a wrong one ends it with a sentence and the help.
 * @template T
 * @param {(args: readonly string[]) => T} parse
 * @param {readonly string[]} args
 * @param {string} help
 */
export function optionsOrExit(parse, args, help) {
  try {
    return parse(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${help}`);
    process.exit(2);
  }
}
