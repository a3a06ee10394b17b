#!/usr/bin/env node
// `npm start`. The first half runs on a fresh clone, on the system's Node and without packages.
import { fileURLToPath } from 'node:url';
import { onFreshClone, optionsOrExit, PREPARATION_STEPS } from './setup/fresh-clone.mjs';
import { HELP, startOptions } from './start/options.mjs';

const args = process.argv.slice(2);
const options = optionsOrExit(startOptions, args, HELP);
if (options.help) {
  console.log(HELP);
} else {
  const command = { script: fileURLToPath(import.meta.url), args, steps: PREPARATION_STEPS };
  await onFreshClone(command, async () => {
    const { start } = await import('./start/run.ts');
    await start(options);
  });
}
