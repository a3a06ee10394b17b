#!/usr/bin/env node
// `npm run build`: models, the station's programs and interface into out/, the console, the companion
// clients, and a bill of materials for each of them into dist-sbom/.
import { buildClient } from './setup/companion-build.ts';
import { buildConsole, buildStation, ensureModels } from './setup/prepared-tree.ts';
import { writeSboms } from './shipped/written-files.ts';

await ensureModels();
await buildStation();
await buildConsole();
await buildClient('weapp');
await buildClient('h5');
writeSboms();
