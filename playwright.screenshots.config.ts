import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserLaunch, fakeCamera } from './scripts/test/browser-launch.ts';
import { patient } from './scripts/test/slowness.ts';

// The walks through the pages of companion client and desk take their pictures where these say.
process.env.COMPANION_PICTURES ??= resolve(import.meta.dirname, 'docs/images/companion');

process.env.GRADSHOT_MANUAL_PICTURES ??= resolve(import.meta.dirname, 'docs/images/kiosk');
process.env.GRADSHOT_PAGE_PICTURES ??= 'none';

/** `npm run screenshots`: writes the pictures of README and manuals from the real product. */
export default defineConfig({
  outputDir: 'test-results',
  workers: 1,
  timeout: patient(240_000),
  expect: { timeout: patient(20_000) },
  projects: [
    { name: 'kiosk and console', testDir: 'tests/screenshots', testMatch: '*.shots.ts' },
    {
      name: 'desk',
      testDir: 'tests/visual',
      testMatch: 'pages-full-hd.spec.ts',
      use: { launchOptions: browserLaunch(...fakeCamera()) },
    },
    { name: 'companion', testDir: 'tests/weapp', testMatch: 'h5-pages.spec.ts' },
  ],
});
