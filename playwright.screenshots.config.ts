import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { patient } from './scripts/test/slowness.ts';

// The walk through the companion client's pages takes its pictures where this says.
process.env.COMPANION_PICTURES ??= resolve(import.meta.dirname, 'docs/images/companion');

/** `npm run screenshots`: writes the pictures of README and manuals from the real product. */
export default defineConfig({
  outputDir: 'test-results',
  workers: 1,
  timeout: patient(240_000),
  expect: { timeout: patient(20_000) },
  projects: [
    { name: 'kiosk and console', testDir: 'tests/screenshots', testMatch: '*.shots.ts' },
    { name: 'companion', testDir: 'tests/weapp', testMatch: 'h5-pages.spec.ts' },
  ],
});
