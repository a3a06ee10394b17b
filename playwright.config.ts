import { defineConfig } from '@playwright/test';
import { browserLaunch, fakeCamera } from './scripts/test/browser-launch.ts';
import { patient } from './scripts/test/slowness.ts';

/** All drive the built product in out/; `npm test` builds it first. */
export default defineConfig({
  outputDir: 'test-results',
  globalSetup: './tests/e2e/support/shared-postgres.ts',
  fullyParallel: false,
  // Each has an own server, station and imaging process: on two cores a third worker makes pages late.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // Real cameras, processes and kills on a shared machine: what fails once and then passes is reported
  // as flaky by name.
  retries: process.env.CI ? 2 : 0,
  timeout: patient(180_000),
  // A hang must not eat the time of everything after it; a slow machine still gets through, within
  // what the whole gate has left.
  globalTimeout: Math.min(patient(25 * 60_000), Number(process.env.E2E_LIMIT_MS ?? Infinity)),
  expect: { timeout: patient(20_000) },
  use: {
    locale: 'zh-CN',
    viewport: { width: 1920, height: 1080 },
    // A trace takes a quarter of the time of every test that passes: `--trace on` for one that does not.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    // What is not there after this long does not come; the test need not wait for its own limit.
    actionTimeout: patient(20_000),
    navigationTimeout: patient(30_000),
    launchOptions: browserLaunch(),
  },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e' },
    { name: 'console', testDir: 'tests/console' },
    { name: 'companion', testDir: 'tests/weapp', testMatch: '*.spec.ts' },
    { name: 'shells', testDir: 'tests/shell', timeout: patient(150_000) },
    {
      name: 'visual',
      testDir: 'tests/visual',
      use: {
        launchOptions: browserLaunch(...fakeCamera()),
      },
    },
  ],
});
