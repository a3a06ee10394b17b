import { defineConfig } from 'vitest/config';

/** The tests of one room, as `scripts/mutants.mjs` names them. */
export default defineConfig({
  test: {
    include: (process.env.MUTANT_TESTS ?? '').split(/,(?![^{]*})/),
    // Random walks take half a minute for each mutant, and find by luck.
    exclude: ['**/node_modules/**', '**/*-at-random.test.ts'],
    // One worker for a mutant's tests, and a new one for the next mutant.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
