import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../setup/install.mjs';
import { pinnedEnvironment, pinnedNode } from '../setup/pinned-node.mjs';

/** What a global set-up loads may hook the end of the runner's process: once it ended with 0 whatever failed. */
it('a run with a failing test ends with 1', () => {
  const args = [
    join(ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    'scripts/test/planted-failure',
  ];
  const { status, stdout } = spawnSync(pinnedNode(), args, {
    cwd: ROOT,
    env: { ...pinnedEnvironment(), GRADSHOT_PLANTED_FAILURE: '1', NODE_ENV: 'test' },
    encoding: 'utf8',
  });
  expect(stdout).toContain('1 failed');
  expect(status).toBe(1);
}, 60_000);
