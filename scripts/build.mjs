#!/usr/bin/env node
// `npm run build`: models, the station's programs and interface into out/, the console.
import { buildConsole, buildStation, ensureModels } from './setup/prepared-tree.ts';

await ensureModels();
await buildStation();
await buildConsole();
