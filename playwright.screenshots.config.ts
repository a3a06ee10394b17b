import { defineConfig } from '@playwright/test';

/** `npm run screenshots`: writes the pictures of README and manuals from the real product. */
export default defineConfig({
  testDir: 'tests/screenshots',
  testMatch: '*.shots.ts',
  outputDir: 'test-results',
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
});
