#!/usr/bin/env node
// Checks every TypeScript project, as many at a time as there are cores.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './setup/install.mjs';

const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

const projects = globSync(
  [
    'tsconfig.json',
    'src/*/tsconfig.json',
    '{packages,server}/*/tsconfig.json',
    '{server,miniprogram}/tsconfig.json',
    'tests/{.,*}/tsconfig.json',
  ],
  { cwd: ROOT, exclude: (path) => path.includes('node_modules') },
).sort();

const queue = [...projects];
let failed = 0;
await Promise.all(Array.from({ length: availableParallelism() }, work));
console.log(`${projects.length} TypeScript projects, ${failed} with errors`);
process.exitCode = failed === 0 ? 0 : 1;

async function work() {
  for (let project = queue.shift(); project; project = queue.shift()) {
    const { code, output } = await check(project);
    if (code === 0) continue;
    failed += 1;
    console.error(`\n${project}\n${output}`);
  }
}

/**
 * @param {string} project path of a tsconfig.json from the root
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function check(project) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [TSC, '--project', project, '--pretty', 'false'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });
}
