#!/usr/bin/env node
// `npm run notice`: writes NOTICE anew from what the lock file and the bundles hold.
import { ensureClientBuilt } from './setup/companion-build.ts';
import { PREPARATIONS } from './setup/prepared-tree.ts';
import { writeNotice } from './shipped/written-files.ts';

for (const { work } of PREPARATIONS) await work();
await ensureClientBuilt('weapp');
writeNotice();
