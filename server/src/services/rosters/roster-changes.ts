import type { KeptPerson, RouteOutput } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterDraftRows } from '../../ports/rosters/draft-repository.ts';
import type { ListedImport, RosterImportRows } from '../../ports/rosters/import-repository.ts';
import type { RosterEntry, RosterRows } from '../../ports/rosters/roster-repository.ts';
import { keep, nobodyKept, undoChanges } from './import-undoing.ts';

type Rows = DeskRows & RosterRows & RosterDraftRows & RosterImportRows;
type Needs = Stored<Rows> & { readonly clock: Clock; readonly vault: Vault };

const MAX_IMPORTS = 100;

type Changed = { readonly done: number; readonly people: KeptPerson[] };

/** What is done to a roster after people came into it. */
export type RosterChanges = {
  /** Failure: `request.notFound`. */
  imports(batchId: string): Promise<Result<RouteOutput<'listRosterImports'>>>;
  /** Done again it is the same. Failures: `request.notFound`, `roster.busy`. */
  undo(caller: StaffCaller, importId: string): Promise<Result<RouteOutput<'undoRosterImport'>>>;
  /** Failure: `request.notFound`. */
  remove(
    caller: StaffCaller,
    wanted: { readonly batchId: string; readonly entryIds: readonly string[] },
  ): Promise<Result<Changed>>;
  /** Failures: `request.notFound`, `roster.otherSchool`. */
  move(
    caller: StaffCaller,
    wanted: {
      readonly batchId: string;
      readonly entryIds: readonly string[];
      readonly toBatchId: string;
    },
  ): Promise<Result<Changed>>;
};

export function createRosterChanges(needs: Needs): RosterChanges {
  const { storage, vault } = needs;
  return {
    async imports(batchId) {
      if (!(await storage.desk.findBatch(batchId))) return fail('request.notFound');
      const imports = await storage.rosterImports.list(batchId, MAX_IMPORTS);
      return ok({ imports: imports.map((one) => importView(vault, one)) });
    },
    undo: (caller, importId) => undo(needs, caller, importId),
    async remove(caller, { batchId, entryIds }) {
      if (!(await storage.desk.findBatch(batchId))) return fail('request.notFound');
      return ok(
        await storage.transaction((all) => removeFrom(needs, all, { caller, batchId, entryIds })),
      );
    },
    async move(caller, { batchId, entryIds, toBatchId }) {
      const [from, to] = [
        await storage.desk.findBatch(batchId),
        await storage.desk.findBatch(toBatchId),
      ];
      if (!from || !to) return fail('request.notFound');
      if (from.schoolId !== to.schoolId || from.id === to.id) return fail('roster.otherSchool');
      return ok(
        await storage.transaction((all) =>
          moveTo(needs, all, { caller, batchId, entryIds, toBatchId }),
        ),
      );
    },
  };
}

function importView(vault: Vault, one: ListedImport) {
  const { id, state, added, changed, unchanged, bad, aside, refused, kept, by } = one;
  return {
    ...{ importId: id, by, added, changed, unchanged, bad, aside, refused, kept },
    state: state === 'running' ? ('done' as const) : state,
    fileName: vault.open(one.fileNameSealed, `rosterImports:${id}`),
    at: one.at.toISOString(),
    ...(one.undoneAt ? { undoneAt: one.undoneAt.toISOString() } : {}),
    ...(one.undoneByName ? { undoneBy: one.undoneByName } : {}),
  };
}

async function undo(
  needs: Needs,
  { staffId }: StaffCaller,
  importId: string,
): Promise<Result<RouteOutput<'undoRosterImport'>>> {
  const { storage, clock } = needs;
  const record = await storage.rosterImports.find(importId);
  if (!record || record.state === 'running') return fail('request.notFound');
  const { batchId } = record;
  if (record.state === 'undone')
    return ok({ removed: 0, restored: 0, kept: record.kept, people: [] });
  if (await storage.rosterDrafts.running(batchId)) return fail('roster.busy');
  await storage.rosterImports.change(importId, ['done'], { state: 'undoing' });
  const undone = await undoChanges(needs, { importId, batchId });
  await storage.transaction(async ({ rosterImports, rosters }) => {
    const at = clock();
    const change = { state: 'undone', undoneBy: staffId, undoneAt: at, kept: undone.kept } as const;
    if (!(await rosterImports.change(importId, ['undoing'], change))) return;
    const count = undone.removed + undone.restored;
    await rosters.addAct({ batchId, at, staffId, act: 'undoImport', count });
  });
  return ok(undone);
}

type Wanted = {
  readonly caller: StaffCaller;
  readonly batchId: string;
  readonly entryIds: readonly string[];
};

async function removeFrom(
  needs: Needs,
  { rosters }: Rows,
  { caller, batchId, entryIds }: Wanted,
): Promise<Changed> {
  await rosters.lockBatch(batchId);
  const kept = nobodyKept();
  const going = await withoutOrders(needs, rosters, { batchId, entryIds, kept });
  await rosters.remove(going.map(({ id }) => id));
  const { staffId } = caller;
  const count = going.length;
  if (count > 0)
    await rosters.addAct({ batchId, at: needs.clock(), staffId, act: 'removePeople', count });
  return { done: count, people: kept.people };
}

async function withoutOrders(
  needs: Needs,
  rosters: Rows['rosters'],
  {
    batchId,
    entryIds,
    kept,
  }: Omit<Wanted, 'caller'> & { readonly kept: ReturnType<typeof nobodyKept> },
): Promise<RosterEntry[]> {
  const entries = await rosters.entriesOf(batchId, entryIds);
  const hashes = entries.map(({ idNumberHash }) => idNumberHash);
  const withOrders = new Set(await rosters.withOrders(batchId, hashes));
  for (const entry of entries)
    if (withOrders.has(entry.idNumberHash)) keep(needs, kept, entry, 'order');
  return entries.filter(({ idNumberHash }) => !withOrders.has(idNumberHash));
}

async function moveTo(
  needs: Needs,
  { rosters }: Rows,
  { caller, batchId, entryIds, toBatchId }: Wanted & { readonly toBatchId: string },
): Promise<Changed> {
  // Always in the same order, or two moves in opposite directions would wait for each other.
  for (const id of [batchId, toBatchId].sort()) await rosters.lockBatch(id);
  const kept = nobodyKept();
  const entries = await withoutOrders(needs, rosters, { batchId, entryIds, kept });
  const there = await rosters.knownAmong(toBatchId, {
    idNumberHashes: entries.map(({ idNumberHash }) => idNumberHash),
    studentNumberHashes: entries.map(({ studentNumberHash }) => studentNumberHash),
  });
  const people = new Set(there.map(({ idNumberHash }) => idNumberHash));
  const numbers = new Set(there.map(({ studentNumberHash }) => studentNumberHash));
  const going: string[] = [];
  for (const entry of entries) {
    if (people.has(entry.idNumberHash)) keep(needs, kept, entry, 'there');
    else if (numbers.has(entry.studentNumberHash)) keep(needs, kept, entry, 'number');
    else going.push(entry.id);
  }
  const at = needs.clock();
  await rosters.move(going, toBatchId, at);
  const act = { at, staffId: caller.staffId, act: 'movePeople', count: going.length } as const;
  if (going.length > 0)
    for (const id of [batchId, toBatchId]) await rosters.addAct({ batchId: id, ...act });
  return { done: going.length, people: kept.people };
}
