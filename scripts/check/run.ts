import { spawn } from 'node:child_process';
import { ROOT } from '../setup/install.mjs';
import { pinnedEnvironment } from '../setup/pinned-node.mjs';
import { createProgress } from '../setup/progress.mjs';
import { remainingMs } from '../setup/time-limit.mjs';
import type { Check } from './checks.mjs';

/** Runs every check, also after one that fails, and shows what the failing ones say; the exit status. */
export async function runChecks(checks: readonly Check[], steps: number): Promise<number> {
  const step = createProgress(steps, steps - checks.length);
  const failed: string[] = [];
  for (const { title, script } of checks) {
    const { code, said } = await step(title, () => runScript(script));
    if (code === 0) continue;
    failed.push(script);
    console.error(said);
  }
  console.log(
    failed.length === 0
      ? `${checks.length} checks, 0 failed`
      : `${checks.length} checks, ${failed.length} failed: ${failed.join(', ')}`,
  );
  return failed.length === 0 ? 0 : 1;
}

function runScript(script: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: ROOT,
      env: pinnedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
      timeout: remainingMs(),
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}
