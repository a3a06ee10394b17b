#!/usr/bin/env node
// `npm run build`: models, and the station's programs and interface into out/.
import { buildStation, ensureModels } from './setup/prepared-tree.ts';

await ensureModels();
await buildStation();
