import { setImmediate as othersTurn } from 'node:timers/promises';
import type { KeptPerson } from '@gradshot/contract';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  FormerEntry,
  ImportChange,
  RosterImportRows,
} from '../../ports/rosters/import-repository.ts';
import type { RosterEntry, RosterRows } from '../../ports/rosters/roster-repository.ts';
import { PORTION_ROWS } from '../../ports/rosters/roster-sheets.ts';
import { fieldsOf } from './identity-advice.ts';

type Rows = RosterImportRows & RosterRows;
type Needs = Stored<Rows> & { readonly clock: Clock; readonly vault: Vault };

export type Undone = {
  readonly removed: number;
  readonly restored: number;
  readonly kept: number;
  readonly people: KeptPerson[];
};

/** More nobody reads; the number of all is told. */
const MAX_NAMED = 200;

/** Who stays as they are, and why. */
export type Kept = { count: number; readonly people: KeptPerson[] };
export const nobodyKept = (): Kept => ({ count: 0, people: [] });

export function keep(
  { vault }: { readonly vault: Vault },
  kept: Kept,
  entry: RosterEntry,
  reason: KeptPerson['reason'],
): void {
  kept.count += 1;
  if (kept.people.length >= MAX_NAMED) return;
  const { XH = '' } = fieldsOf(vault, entry);
  kept.people.push({ maskedName: entry.maskedName, studentNumber: XH, reason });
}

/**
 * What an import added goes, unless somebody changed it since or the person has an order; what it changed
 * goes back, unless somebody changed it since. A portion at a time: begun again it goes on.
 */
export async function undoChanges(
  needs: Needs,
  { importId, batchId }: { readonly importId: string; readonly batchId: string },
): Promise<Undone> {
  const kept = nobodyKept();
  const removed = await inPortions(needs, importId, 'added', (all, changes) =>
    removeAdded(needs, all, { batchId, changes, kept }),
  );
  const waiting: RosterEntry[] = [];
  const restored = await inPortions(needs, importId, 'changed', (all, changes) =>
    restoreChanged(needs, all, { batchId, changes, kept, waiting }),
  );
  const last = await needs.storage.transaction((all) =>
    restoreWaiting(needs, all, { importId, batchId, waiting, kept }),
  );
  return { removed, restored: restored + last, kept: kept.count, people: kept.people };
}

async function inPortions(
  { storage }: Needs,
  importId: string,
  kind: ImportChange['kind'],
  work: (all: Rows, changes: readonly ImportChange[]) => Promise<number>,
): Promise<number> {
  let count = 0;
  let after: string | null = null;
  for (;;) {
    await othersTurn();
    const changes: readonly ImportChange[] = await storage.rosterImports.changes(
      importId,
      kind,
      after,
      PORTION_ROWS,
    );
    after = changes.at(-1)?.entryId ?? null;
    if (!after) return count;
    count += await storage.transaction((all) => work(all, changes));
  }
}

type Portion = {
  readonly batchId: string;
  readonly changes: readonly ImportChange[];
  readonly kept: Kept;
};

async function removeAdded(
  needs: Needs,
  { rosters }: Rows,
  { batchId, changes, kept }: Portion,
): Promise<number> {
  await rosters.lockBatch(batchId);
  const { same } = await untouched(needs, rosters, { batchId, changes, kept });
  const entries = same.map(({ entry }) => entry);
  const hashes = entries.map(({ idNumberHash }) => idNumberHash);
  const withOrders = new Set(await rosters.withOrders(batchId, hashes));
  const going = entries.filter((entry) => {
    if (withOrders.has(entry.idNumberHash)) keep(needs, kept, entry, 'order');
    return !withOrders.has(entry.idNumberHash);
  });
  // The changes go with the entries.
  await rosters.remove(going.map(({ id }) => id));
  return going.length;
}

/** Entries that are as the import left them, with what was changed. */
async function untouched(
  needs: Needs,
  rosters: Rows['rosters'],
  { batchId, changes, kept }: Portion,
) {
  const ids = changes.map(({ entryId }) => entryId);
  const byId = new Map((await rosters.entriesOf(batchId, ids)).map((entry) => [entry.id, entry]));
  const same: { readonly entry: RosterEntry; readonly change: ImportChange }[] = [];
  for (const change of changes) {
    const entry = byId.get(change.entryId);
    if (!entry) continue;
    if (entry.contentHash === change.afterHash) same.push({ entry, change });
    else keep(needs, kept, entry, 'changed');
  }
  return { same };
}

async function restoreChanged(
  needs: Needs,
  { rosters, rosterImports }: Rows,
  { batchId, changes, kept, waiting }: Portion & { readonly waiting: RosterEntry[] },
): Promise<number> {
  await rosters.lockBatch(batchId);
  const { same } = await untouched(needs, rosters, { batchId, changes, kept });
  const former = same.flatMap(({ change }) =>
    change.before ? [entryOfFormer(change.before)] : [],
  );
  const holders = await holdersOf(rosters, batchId, former);
  const free = former.filter((entry) => {
    const holder = holders.get(entry.studentNumberHash);
    return holder === undefined || holder === entry.id;
  });
  const going = new Set(free.map(({ id }) => id));
  waiting.push(...former.filter(({ id }) => !going.has(id)));
  await rosters.save(free);
  await rosterImports.forgetChanges(changes[0]?.importId ?? '', [...going]);
  return free.length;
}

async function holdersOf(
  rosters: Rows['rosters'],
  batchId: string,
  entries: readonly RosterEntry[],
): Promise<ReadonlyMap<string, string>> {
  const known = await rosters.knownAmong(batchId, {
    idNumberHashes: [],
    studentNumberHashes: entries.map(({ studentNumberHash }) => studentNumberHash),
  });
  return new Map(known.map((entry) => [entry.studentNumberHash, entry.id]));
}

type Waiting = {
  readonly importId: string;
  readonly batchId: string;
  readonly waiting: readonly RosterEntry[];
  readonly kept: Kept;
};

/** Those who give a 学号 back to each other, at once. */
async function restoreWaiting(
  needs: Needs,
  { rosters, rosterImports }: Rows,
  { importId, batchId, waiting, kept }: Waiting,
): Promise<number> {
  if (waiting.length === 0) return 0;
  await rosters.lockBatch(batchId);
  const holders = new Map<string, string>();
  for (let start = 0; start < waiting.length; start += PORTION_ROWS)
    for (const holder of await holdersOf(
      rosters,
      batchId,
      waiting.slice(start, start + PORTION_ROWS),
    ))
      holders.set(...holder);
  let free = waiting;
  for (;;) {
    const going = new Set(free.map(({ id }) => id));
    const still = free.filter((entry) => {
      const holder = holders.get(entry.studentNumberHash);
      return holder === undefined || going.has(holder);
    });
    if (still.length === free.length) break;
    free = still;
  }
  const ids = new Set(free.map(({ id }) => id));
  for (const entry of waiting) if (!ids.has(entry.id)) keep(needs, kept, entry, 'number');
  await rosters.save(free);
  await rosterImports.forgetChanges(importId, [...ids]);
  return free.length;
}

const entryOfFormer = ({ sealed, createdAt, updatedAt, ...entry }: FormerEntry): RosterEntry => ({
  ...entry,
  sealed: new Uint8Array(Buffer.from(sealed, 'base64')),
  createdAt: new Date(createdAt),
  updatedAt: new Date(updatedAt),
});
