#!/usr/bin/env node
// `npm test`. The first half runs on a fresh clone, on the system's Node and without packages.
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './setup/install.mjs';
import { continueOnPinnedNode, isRecent } from './setup/pinned-node.mjs';
import { HELP, testOptions } from './test/options.mjs';

const args = process.argv.slice(2);
const options = optionsOrExit();
if (options.help) {
  console.log(HELP);
} else {
  ensureInstalled();
  if (isRecent()) {
    const { runTests } = await import('./test/run.ts');
    process.exitCode = await runTests(options.parts);
  } else {
    continueOnPinnedNode(fileURLToPath(import.meta.url), args);
  }
}

function optionsOrExit() {
  try {
    return testOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    process.exit(2);
  }
}
