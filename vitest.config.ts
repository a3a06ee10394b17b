import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { patient } from './scripts/test/slowness.ts';

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/tests/**/*.test.ts',
      'server/src/**/*.test.ts',
      'server/tests/**/*.test.ts',
      'server/console/src/**/*.test.{ts,tsx}',
      'src/**/*.test.{ts,tsx}',
      'scripts/**/*.test.ts',
      'miniprogram/src/**/*.test.ts',
      'tests/{layers,faults,units,package,weapp,day}/**/*.test.ts',
    ],
    testTimeout: patient(60_000),
    hookTimeout: patient(120_000),
    globalSetup: ['server/tests/support/shared-postgres.ts'],
    setupFiles: ['scripts/test/patient-pages.ts'],
    expect: { poll: { timeout: patient(5_000) } },
    pool: 'forks',
    // A process for each file, and every module loaded anew, took as long as half of the tests.
    isolate: false,
    // Many tests wait for processes and databases.
    maxWorkers: availableParallelism() + 1,
  },
});
