#!/usr/bin/env node
// `npm run mutants -- [room ...]`: changes the code in small ways and sees whether a test notices.
// Hours for all rooms, so no part of the gate; docs/mutants.md keeps the scores.
import { Stryker } from '@stryker-mutator/core';
import { ROOMS } from './mutants/rooms.mjs';

const asked = process.argv.slice(2);
const unknown = asked.filter((room) => !(room in ROOMS));
if (unknown.length > 0) {
  console.error(`No room ${unknown.join(', ')}: ${Object.keys(ROOMS).join(', ')}`);
  process.exit(2);
}
for (const room of asked.length > 0 ? asked : Object.keys(ROOMS)) await mutate(room);

/** @param {string} name of a room */
async function mutate(name) {
  const { mutate, tests } = ROOMS[name] ?? { mutate: '', tests: [] };
  process.env.MUTANT_TESTS = tests.map((folder) => `${folder}/**/*.test.ts`).join();
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // By its configuration, not by what is related: so mutants of constants are tried as well.
    vitest: { configFile: 'scripts/mutants/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    mutate: [`${mutate}/**/*.ts`, `!${mutate}/**/*.test.ts`],
    // Only what has changed since the last run here is tried again.
    incremental: true,
    incrementalFile: `.cache/mutants/${name}.json`,
    tempDirName: '.cache/mutants/sandbox',
    ignorePatterns: ['out', 'dist', 'dist-*', '.cache', 'docs', 'test-results'],
    concurrency: 1,
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  }).runMutationTest();
  console.log(
    row(
      name,
      results.map(({ status }) => status),
    ),
  );
}

/**
 * A row for docs/mutants.md. A mutant that makes a test run for ever is noticed too.
 * @param {string} name
 * @param {readonly string[]} statuses
 */
function row(name, statuses) {
  const count = (/** @type {readonly string[]} */ ...wanted) =>
    statuses.filter((status) => wanted.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const valid = killed + count('Survived', 'NoCoverage');
  const score = valid === 0 ? '–' : `${Math.round((100 * killed) / valid)} %`;
  const date = new Date().toISOString().slice(0, 10);
  return `| ${name} | ${valid} | ${killed} | ${score} | ${date} | \`npm run mutants -- ${name}\` |`;
}
