// Checks every TypeScript project after those that it refers to; what has not changed since the last
// time is not checked again.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../setup/install.mjs';

const TSC = join(ROOT, 'node_modules', 'typescript-native', 'bin', 'tsc');

const projects = globSync(
  [
    'tsconfig.json',
    '{packages,src,server}/*/tsconfig.json',
    'packages/*/tests/tsconfig.json',
    '{server,miniprogram,tests}/tsconfig.json',
  ],
  { cwd: ROOT, exclude: (path) => path.includes('node_modules') },
).sort();

const options = ['--pretty', 'false', '--builders', `${availableParallelism()}`];
const { status } = spawnSync(process.execPath, [TSC, '--build', ...projects, ...options], {
  cwd: ROOT,
  stdio: 'inherit',
});
console.log(`${projects.length} TypeScript projects, ${status === 0 ? 'no' : 'some with'} errors`);
process.exitCode = status ?? 1;
