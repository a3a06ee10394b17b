#!/usr/bin/env node
// `npm run bench`: every workspace's scripts named bench or bench:…, one after the other, because
// two at a time would measure each other. `npm run bench -- imaging` runs those whose workspace or
// name contains the word.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './setup/install.mjs';
import { pinnedEnvironment } from './setup/pinned-node.mjs';

const word = process.argv[2] ?? '';

const benches = globSync(['packages/*/package.json', 'server/package.json'], { cwd: ROOT })
  .sort()
  .flatMap((file) => benchesOf(file))
  .filter(({ folder, name }) => `${folder} ${name}`.includes(word));

let failed = 0;
for (const { folder, name } of benches) {
  console.log(`\n• ${folder} ${name}`);
  const { status } = spawnSync('npm', ['run', '--silent', name], {
    cwd: join(ROOT, folder),
    env: pinnedEnvironment(),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) failed += 1;
}
console.log(`\n${benches.length} benches, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {string} file path of a package.json from the root */
function benchesOf(file) {
  /** @type {{ scripts?: Record<string, string> }} */
  const { scripts = {} } = JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  return Object.keys(scripts)
    .filter((name) => name === 'bench' || name.startsWith('bench:'))
    .map((name) => ({ folder: dirname(file), name }));
}
