import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { ROOT } from './install.mjs';

const CACHE = join(ROOT, '.cache');
const SKIPPED = new Set(['node_modules', 'out', 'dist', 'coverage']);

/** What a step reads and what it leaves behind; paths from the repository root. */
export type Step = {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
};

/**
 * Runs `work` unless the inputs have the same content as when it last succeeded and the outputs
 * are still there. True when it ran.
 */
export async function onlyIfChanged(step: Step, work: () => Promise<void>): Promise<boolean> {
  const stamp = join(CACHE, `${step.name}.stamp`);
  const content = await contentHash(step.inputs);
  const present = step.outputs.every((path) => existsSync(join(ROOT, path)));
  if (present && (await readFile(stamp, 'utf8').catch(() => '')) === content) return false;
  await work();
  await mkdir(CACHE, { recursive: true });
  await writeFile(stamp, content);
  return true;
}

/** SHA-256 over names and contents of files and whole folders; tests do not count. */
async function contentHash(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesUnder(join(ROOT, path))) {
      hash.update(`${relative(ROOT, file)}\0`).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function filesUnder(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return [];
  if (found.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const nested = entries
    .filter((entry) => !SKIPPED.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => filesUnder(join(path, entry.name)));
  return (await Promise.all(nested)).flat();
}
