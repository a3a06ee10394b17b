#!/usr/bin/env node
// `npm run check`. The first half runs on a fresh clone, on the system's Node and without packages.
import { fileURLToPath } from 'node:url';
import { CHECKS } from './check/checks.mjs';
import { onFreshClone } from './setup/fresh-clone.mjs';

const steps = 1 + CHECKS.length;
await onFreshClone({ script: fileURLToPath(import.meta.url), args: [], steps }, async () => {
  const { runChecks } = await import('./check/run.ts');
  process.exitCode = await runChecks(CHECKS, steps);
});
