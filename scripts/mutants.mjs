#!/usr/bin/env node
// `npm run mutants -- [ROOM | ROOM/FILE.ts | 'ROOM/{ONE,TWO}.ts' ...]`: changes the code in small ways
// and sees whether a test notices. Hours for all rooms, so no part of the gate; docs/mutants.md keeps
// the scores.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { matchesGlob, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { ROOMS } from './mutants/rooms.mjs';

/**
 * Texts to nothing and objects to `{}`: nearly all are codes, steps and fields, which the compiler
 * refuses before any test runs, and they are a third of all mutants. The domain is small enough.
 */
const UNTYPED = ['StringLiteral', 'ObjectLiteral'];

const asked = process.argv.slice(2);
const unknown = asked.filter((place) => !ROOMS[roomOf(place)]);
if (unknown.length > 0) {
  console.error(`No room ${unknown.join(', ')}: ${Object.keys(ROOMS).join(', ')}`);
  process.exit(2);
}
for (const place of asked.length > 0 ? asked : Object.keys(ROOMS)) await mutate(place);

/** @param {string} place a room, or a file in it */
function roomOf(place) {
  return place.split('/', 1)[0] ?? '';
}

/** @param {string} place */
async function mutate(place) {
  const room = roomOf(place);
  const { mutate: folder, tests, alone } = ROOMS[room] ?? { mutate: '', tests: [] };
  const file = place.slice(room.length + 1);
  const wanted = `${folder}/${file || '**/*.ts'}`;
  process.env.MUTANT_TESTS =
    alone && file
      ? wanted.replace(/\.ts$/, '.test.ts')
      : tests.map((one) => `${one}/**/*.test.ts`).join();
  const known = `.cache/mutants/${room}.json`;
  forgetSurvivors(known);
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // By its configuration, not by what is related: so mutants of constants are tried as well.
    vitest: { configFile: 'scripts/mutants/vitest.config.ts', related: false },
    coverageAnalysis: 'perTest',
    mutate: [wanted, '!**/*.test.ts', '!**/tests/**'],
    mutator: { excludedMutations: room === 'domain' ? [] : UNTYPED },
    // Only what has changed since the last run here is tried again.
    incremental: true,
    incrementalFile: known,
    tempDirName: `.cache/mutants/sandbox-${room}`,
    ignorePatterns: ['out', 'dist', 'dist-*', '.cache', 'docs', 'test-results'],
    concurrency: 1,
    // Only an endless loop may be taken for one, not a machine that is busy.
    timeoutMS: 60_000,
    reporters: ['clear-text', 'progress-append-only'],
    clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  }).runMutationTest();
  // What is known of the room's other files comes along.
  const statuses = results
    .filter(({ fileName }) => matchesGlob(relative('.', fileName), wanted))
    .map(({ status }) => status);
  console.log(row(place, statuses));
}

/**
 * Stryker takes a survivor in a constant from the last run even when tests have been added since.
 * @param {string} file
 */
function forgetSurvivors(file) {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  for (const one of Object.values(report.files))
    one.mutants = one.mutants.filter(
      (/** @type {{ status: string }} */ { status }) => status !== 'Survived',
    );
  writeFileSync(file, JSON.stringify(report));
}

/**
 * A row for docs/mutants.md. A mutant that makes a test run for ever is noticed too.
 * @param {string} place
 * @param {readonly string[]} statuses
 */
function row(place, statuses) {
  const count = (/** @type {readonly string[]} */ ...wanted) =>
    statuses.filter((status) => wanted.includes(status)).length;
  const killed = count('Killed', 'Timeout');
  const valid = killed + count('Survived', 'NoCoverage');
  const score = valid === 0 ? '–' : `${Math.round((100 * killed) / valid)} %`;
  const date = new Date().toISOString().slice(0, 10);
  return `| ${place} | ${valid} | ${killed} | ${score} | ${date} | \`npm run mutants -- ${place}\` |`;
}
