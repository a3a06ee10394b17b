import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterDraft, RosterDraftRows } from '../../ports/rosters/draft-repository.ts';
import type {
  FormerEntry,
  ImportChange,
  RosterImportRows,
} from '../../ports/rosters/import-repository.ts';
import type { RosterEntry, RosterRows } from '../../ports/rosters/roster-repository.ts';
import { PORTION_ROWS } from '../../ports/rosters/roster-sheets.ts';
import { inSlices } from '../tables/in-slices.ts';
import { portionRows, sumOf } from './draft-contents.ts';
import { HELD_MS, standing } from './draft-judging.ts';
import { undoChanges } from './import-undoing.ts';
import { entryOf } from './roster-entries.ts';

type Rows = RosterDraftRows & RosterImportRows & RosterRows;
export type ImportingNeeds = Stored<Rows> & {
  readonly clock: Clock;
  readonly vault: Vault;
};

/** Somebody has cancelled it, or another server works on it. */
class Stopped extends Error {}

/**
 * Writes the good rows of a draft, a portion in a transaction of its own, so that nobody waits for the
 * whole. What it did is written down with each portion: whoever begins again goes on, and cancelling
 * takes it back.
 */
export async function importDraft(needs: ImportingNeeds, draft: RosterDraft): Promise<void> {
  try {
    await writePortions(needs, draft);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await takeBack(needs, draft.id);
  }
}

async function writePortions(needs: ImportingNeeds, draft: RosterDraft): Promise<void> {
  const { storage, vault, clock } = needs;
  const portions = await storage.rosterDrafts.portionCounts(draft);
  const waiting: RosterEntry[] = [];
  let done = 0;
  for (const { position, good } of portions) {
    await othersTurn();
    const rows = good > 0 ? await portionRows(vault, storage.rosterDrafts, draft, position) : [];
    const facts = { batchId: draft.batchId, staffId: draft.staffId, at: clock() };
    const entries = await inSlices(rows, ({ verdict }, index) =>
      verdict.kind === 'good'
        ? [entryOf(vault, verdict.fields, { ...facts, position: position * PORTION_ROWS + index })]
        : [],
    );
    await othersTurn();
    done += good;
    waiting.push(
      ...(await storage.transaction((all) =>
        write(needs, all, { draft, entries: entries.flat(), done }),
      )),
    );
  }
  await finish(needs, draft, { waiting, ...sumOf(portions) });
}

type Portion = {
  readonly draft: RosterDraft;
  readonly entries: readonly RosterEntry[];
  readonly done: number;
};

/** Returns those whose 学号 another person still has. */
async function write(
  { clock }: ImportingNeeds,
  { rosters, rosterDrafts, rosterImports }: Rows,
  { draft, entries, done }: Portion,
): Promise<RosterEntry[]> {
  const heldUntil = new Date(clock().getTime() + HELD_MS);
  if (!(await rosterDrafts.change(draft.id, ['importing'], { done, heldUntil })))
    throw new Stopped();
  if (entries.length === 0) return [];
  const { saved, waiting, changes } = await compare(rosters, draft, entries);
  await rosters.save(saved);
  await rosterImports.addChanges(changes);
  return waiting;
}

async function compare(
  rosters: Rows['rosters'],
  { batchId, importId }: RosterDraft,
  entries: readonly RosterEntry[],
) {
  const known = await rosters.knownAmong(batchId, {
    idNumberHashes: entries.map(({ idNumberHash }) => idNumberHash),
    studentNumberHashes: entries.map(({ studentNumberHash }) => studentNumberHash),
  });
  const byPerson = new Map(known.map((entry) => [entry.idNumberHash, entry]));
  const byNumber = new Map(known.map((entry) => [entry.studentNumberHash, entry]));
  const saved: RosterEntry[] = [];
  const waiting: RosterEntry[] = [];
  const changes: ImportChange[] = [];
  for (const entry of entries) {
    const former = byPerson.get(entry.idNumberHash);
    const kind = standing(entry, former);
    if (kind === 'unchanged') continue;
    const holder = byNumber.get(entry.studentNumberHash);
    if (holder && holder.idNumberHash !== entry.idNumberHash) {
      waiting.push(entry);
      continue;
    }
    const { id, createdAt } = former ?? entry;
    saved.push({ ...entry, id, createdAt });
    changes.push({
      importId: importId ?? '',
      entryId: id,
      kind,
      afterHash: entry.contentHash,
      before: former ? formerOf(former) : null,
    });
  }
  return { saved, waiting, changes };
}

const formerOf = ({ sealed, createdAt, updatedAt, ...entry }: RosterEntry): FormerEntry => ({
  ...entry,
  sealed: Buffer.from(sealed).toString('base64'),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

type Outcome = {
  readonly waiting: readonly RosterEntry[];
  readonly good: number;
  readonly bad: number;
  readonly aside: number;
};

/** Those who pass a 学号 on to each other are written at once, and with them the import is done. */
async function finish(
  { storage, clock }: ImportingNeeds,
  draft: RosterDraft,
  { waiting, good, bad, aside }: Outcome,
): Promise<void> {
  await storage.transaction(async ({ rosters, rosterDrafts, rosterImports }) => {
    const over = await rosterDrafts.change(draft.id, ['importing'], {
      ...{ state: 'imported', done: good, heldUntil: null },
    });
    if (!over) throw new Stopped();
    await rosters.lockBatch(draft.batchId);
    const free = await thoseFree(rosters, draft.batchId, waiting);
    for (let start = 0; start < free.length; start += PORTION_ROWS) {
      const portion = free.slice(start, start + PORTION_ROWS);
      const known = await rosters.knownAmong(draft.batchId, {
        idNumberHashes: portion.map(({ idNumberHash }) => idNumberHash),
        studentNumberHashes: [],
      });
      const { saved, changes } = changesOf(draft, portion, known);
      await rosters.save(saved);
      await rosterImports.addChanges(changes);
      await othersTurn();
    }
    const importId = draft.importId ?? '';
    const counts = await rosterImports.countChanges(importId);
    const refused = waiting.length - free.length;
    const unchanged = good - refused - counts.added - counts.changed;
    const at = clock();
    await rosterImports.change(importId, ['running'], {
      ...{ state: 'done', at, bad, aside, refused, unchanged, ...counts },
    });
    const { batchId, staffId } = draft;
    const count = counts.added + counts.changed;
    await rosters.addAct({ batchId, at, staffId, act: 'importRoster', count });
  });
}

function changesOf(
  { importId }: RosterDraft,
  entries: readonly RosterEntry[],
  known: readonly RosterEntry[],
) {
  const byPerson = new Map(known.map((entry) => [entry.idNumberHash, entry]));
  const saved = entries.map((entry) => {
    const { id, createdAt } = byPerson.get(entry.idNumberHash) ?? entry;
    return { ...entry, id, createdAt };
  });
  const changes = saved.map((entry): ImportChange => {
    const former = byPerson.get(entry.idNumberHash);
    return {
      importId: importId ?? '',
      entryId: entry.id,
      kind: former ? 'changed' : 'added',
      afterHash: entry.contentHash,
      before: former ? formerOf(former) : null,
    };
  });
  return { saved, changes };
}

/** Of those who wait, those whose number nobody has who does not wait too. */
async function thoseFree(
  rosters: Rows['rosters'],
  batchId: string,
  waiting: readonly RosterEntry[],
): Promise<readonly RosterEntry[]> {
  const holders = new Map<string, string>();
  for (let start = 0; start < waiting.length; start += PORTION_ROWS) {
    const numbers = waiting.slice(start, start + PORTION_ROWS);
    const known = await rosters.knownAmong(batchId, {
      idNumberHashes: [],
      studentNumberHashes: numbers.map(({ studentNumberHash }) => studentNumberHash),
    });
    for (const entry of known) holders.set(entry.studentNumberHash, entry.idNumberHash);
    await othersTurn();
  }
  let free = waiting;
  for (;;) {
    const going = new Set(free.map(({ idNumberHash }) => idNumberHash));
    const still = free.filter(({ studentNumberHash }) => {
      const holder = holders.get(studentNumberHash);
      return holder === undefined || going.has(holder);
    });
    if (still.length === free.length) return free;
    free = still;
  }
}

/** What a cancelled import has written goes back; whoever has an order by then stays. */
export async function takeBack(needs: ImportingNeeds, draftId: string): Promise<void> {
  const { storage, clock } = needs;
  const draft = await storage.rosterDrafts.find(draftId);
  if (draft?.state !== 'cancelling') return;
  const { importId, batchId, staffId } = draft;
  const outcome = importId ? await undoChanges(needs, { importId, batchId }) : undefined;
  await storage.transaction(async ({ rosterDrafts, rosterImports, rosters }) => {
    const at = clock();
    const change = { state: 'cancelled', heldUntil: null, importId: null } as const;
    if (!(await rosterDrafts.change(draftId, ['cancelling'], change)) || !importId) return;
    await rosterDrafts.forgetPortions(draftId, null);
    const count = (outcome?.removed ?? 0) + (outcome?.restored ?? 0);
    if (count > 0) await rosters.addAct({ batchId, at, staffId, act: 'undoImport', count });
    if (outcome && outcome.kept > 0) {
      const counts = await rosterImports.countChanges(importId);
      const undone = { undoneBy: staffId, undoneAt: at, kept: outcome.kept };
      await rosterImports.change(importId, ['running'], { state: 'undone', ...counts, ...undone });
    } else await rosterImports.delete(importId);
  });
}
