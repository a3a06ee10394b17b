#!/usr/bin/env node
// `npm test`. The first half runs on a fresh clone, on the system's Node and without packages.
import { fileURLToPath } from 'node:url';
import { onFreshClone, optionsOrExit, PREPARATION_STEPS } from './setup/fresh-clone.mjs';
import { HELP, testOptions } from './test/options.mjs';

const args = process.argv.slice(2);
const options = optionsOrExit(testOptions, args, HELP);
if (options.help) {
  console.log(HELP);
} else {
  const steps = PREPARATION_STEPS + options.parts.length;
  await onFreshClone({ script: fileURLToPath(import.meta.url), args, steps }, async () => {
    const { runTests } = await import('./test/run.ts');
    process.exitCode = await runTests(options.parts, steps);
  });
}
