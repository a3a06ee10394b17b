/**
 * How long a roster takes and what others wait meanwhile: `npm run bench -- rosters`, or with the sizes
 * and the database as words (`node tests/bench/rosters.ts embedded 1000 20000`). A workbook of that many
 * people is uploaded, read, imported, and imported again unchanged.
 */

import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as XLSX from '@e965/xlsx';
import { createRosterReader } from '../../src/adapters/roster-files/roster-reader.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open-database.ts';
import type { Db } from '../../src/database/schema.ts';
import { createLocalBus } from '../../src/happenings/local-bus.ts';
import type { StaffCaller } from '../../src/ports/access/caller.ts';
import { createStorage } from '../../src/repositories/index.ts';
import { createVault } from '../../src/security/vault.ts';
import { createRosterDrafts } from '../../src/services/rosters/roster-drafts.ts';
import { openEmptyEmbedded } from '../support/embedded-database.ts';
import { askForDatabase, startPostgresMaker } from '../support/postgres-maker-process.ts';
import { withCheck } from '../support/roster-people.ts';

const words = process.argv.slice(2);
// What it leaves to be collected would keep the server of the bench waiting.
if (words[0] === 'workbook') {
  writeFileSync(words[1] ?? '', workbook(Number(words[2])));
  process.exit(0);
}
const embedded = words.includes('embedded');
const sizes = words.filter((word) => /^\d+$/.test(word)).map(Number);
/** How often another request comes. */
const REQUEST_MS = 20;

const maker = embedded ? undefined : await startPostgresMaker();
const { db } = maker
  ? await openDatabase({ url: await askForDatabase(maker.url) })
  : await openEmptyEmbedded();
await migrate(db);
const storage = createStorage(db, createLocalBus());
const log = { info() {}, warn: console.warn, error: console.error };
const drafts = createRosterDrafts({
  ...{ storage, log, vault: createVault(randomBytes(32)), reader: createRosterReader() },
  clock: () => new Date(),
});
const caller = await addStaff(db);

console.log(`${embedded ? 'embedded database' : 'PostgreSQL'}; times in ms, memory in MB`);
console.log('rows     step      time  loop blocked  others waited  memory');
for (const size of sizes.length > 0 ? sizes : [1_000, 20_000, 200_000]) await bench(size);
await db.destroy();
await maker?.stop();
process.exit(0);

async function bench(size: number): Promise<void> {
  const batchId = await addBatch();
  const bytes = workbookElsewhere(size);
  for (const round of ['import', 'again']) {
    let draftId = '';
    await measured(size, round === 'import' ? 'read' : 're-read', async () => {
      const uploaded = await drafts.upload(caller, { batchId, bytes, fileName: 'bench.xlsx' });
      draftId = uploaded.ok ? uploaded.value.draftId : '';
      await drafts.settled(draftId);
    });
    await measured(size, round, async () => {
      await drafts.import(caller, draftId);
      await drafts.settled(draftId);
    });
    const done = await storage.rosterDrafts.find(draftId);
    if (done?.state !== 'imported') throw new Error(`${done?.state} ${done?.failure}`);
  }
}

async function measured(size: number, step: string, work: () => Promise<void>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const others = someoneElse();
  delay.enable();
  const began = performance.now();
  let memory = 0;
  const looking = setInterval(() => {
    memory = Math.max(memory, process.memoryUsage.rss());
  }, 250);
  await work();
  const took = performance.now() - began;
  delay.disable();
  clearInterval(looking);
  const waited = await others.stop();
  const cells = [
    String(size).padEnd(8),
    step.padEnd(8),
    took.toFixed(0).padStart(6),
    (delay.max / 1e6).toFixed(0).padStart(13),
    waited.toFixed(0).padStart(14),
    (memory / 2 ** 20).toFixed(0).padStart(7),
  ];
  console.log(cells.join(' '));
}

/** Asks the database for a little over and over; the longest that it was kept waiting. */
function someoneElse() {
  let longest = 0;
  let going = true;
  const asking = (async () => {
    while (going) {
      const began = performance.now();
      await db.selectFrom('schools').select('id').limit(1).execute();
      longest = Math.max(longest, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, REQUEST_MS));
    }
  })();
  return {
    async stop() {
      going = false;
      await asking;
      return longest;
    },
  };
}

function workbookElsewhere(size: number): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'gradshot-bench-'));
  const path = join(folder, 'roster.xlsx');
  execFileSync(process.execPath, [import.meta.filename, 'workbook', path, String(size)]);
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

function workbook(size: number): Uint8Array {
  const rows = Array.from({ length: size }, (_, i) => {
    const day = new Date(Date.UTC(1980, 0, 1 + (i % 8000))).toISOString().slice(0, 10);
    const order = String(Math.floor(i / 8000) + 1).padStart(3, '0');
    const idNumber = withCheck(`990000${day.replaceAll('-', '')}${order}0`);
    return [
      `2023${String(i).padStart(6, '0')}`,
      '示例',
      idNumber,
      '计算机学院',
      '软件工程',
      `软工${i % 400}`,
    ];
  });
  const sheet = XLSX.utils.aoa_to_sheet([
    ['学号', '姓名', '证件号', '学院', '专业', '班级'],
    ...rows,
  ]);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, '名单');
  return new Uint8Array(XLSX.write(book, { type: 'buffer', compression: true }));
}

async function addStaff(to: Db): Promise<StaffCaller> {
  const staffId = randomUUID();
  const at = new Date();
  await to
    .insertInto('staffMembers')
    .values({
      ...{ id: staffId, account: 'bench', name: 'bench', roles: '[]', passwordHash: '' },
      ...{ mustChangePassword: false, enabled: true, createdAt: at, updatedAt: at },
    } as never)
    .execute();
  const roles = ['administrator'] as const;
  return {
    kind: 'staff',
    sessionId: '',
    staffId,
    roles,
    mustChangePassword: false,
    schools: 'everySchool',
  };
}

async function addBatch(): Promise<string> {
  const [schoolId, id] = [randomUUID(), randomUUID()];
  const createdAt = new Date();
  const code = schoolId.slice(0, 8);
  const school = { id: schoolId, code, name: code, phone: '', hours: '', createdAt };
  await storage.schools.insert(school);
  await storage.schools.insertBatch({
    ...{ id, schoolId, name: 'bench', priceFen: 0, profileId: 'chsi-480x640' },
    ...{ opensAt: createdAt, closesAt: new Date(createdAt.getTime() + 86_400_000), createdAt },
  });
  return id;
}
