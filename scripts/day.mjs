#!/usr/bin/env node
// `npm run bench:day`: in the environment in which `npm start` runs the station.
import { join } from 'node:path';
import { ROOT } from './setup/install.mjs';
import { continueOnPinnedNode } from './setup/pinned-node.mjs';

continueOnPinnedNode(join(ROOT, 'tests/day/run-day.ts'), process.argv.slice(2));
