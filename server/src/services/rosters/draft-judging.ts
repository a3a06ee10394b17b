import { setImmediate as othersTurn } from 'node:timers/promises';
import { ok, type Result } from '@gradshot/domain';
import type { Clock } from '../../ports/ground/clock.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type {
  DraftCounts,
  RosterDraft,
  RosterDraftRows,
} from '../../ports/rosters/draft-repository.ts';
import type { RosterEntry, RosterRows } from '../../ports/rosters/roster-repository.ts';
import type {
  JudgedRow,
  ReadingTask,
  RosterReader,
  RowFault,
  RowPortion,
  SheetSummary,
} from '../../ports/rosters/roster-sheets.ts';
import { inSlices } from '../tables/in-slices.ts';
import { openAbout, portionRows, sealAbout, sealPortion } from './draft-contents.ts';
import { type Digests, digestsOf } from './roster-entries.ts';

export type JudgingNeeds = Stored<RosterDraftRows & RosterRows> & {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly reader: RosterReader;
};

/** A server that works on a draft says so that often; one that is silent for longer has ended. */
export const HELD_MS = 60_000;
const SAY_EVERY = 10;

/** Somebody outside the file has the 学号 of a row, unless the file gives that person another one. */
type Conflict = { readonly position: number; readonly index: number; readonly holder: string };

/** Reads or judges anew, and puts what was found in place of what was there. */
export async function judgeDraft(
  needs: JudgingNeeds,
  draft: RosterDraft,
  task: ReadingTask,
  signal?: AbortSignal,
): Promise<Result<void>> {
  const { storage, vault, reader } = needs;
  const generation = draft.generation + 1;
  const next = { ...draft, generation };
  const conflicts: Conflict[] = [];
  const named = new Set<string>();
  let position = 0;
  let done = 0;
  const sheets = await reader.run(task, {
    ...(signal ? { signal } : {}),
    onPortion: async (portion) => {
      await othersTurn();
      const at = position;
      position += 1;
      const standing = await standingOf(needs, draft.batchId, portion);
      for (const { idNumberHash } of standing.people) named.add(idNumberHash);
      conflicts.push(...standing.conflicts.map((one) => ({ ...one, position: at })));
      const sealed = sealPortion(vault, next, at, portion.text);
      const { text: _text, ...counts } = portion;
      await storage.rosterDrafts.savePortion({
        ...{ draftId: draft.id, generation, position: at, sealed },
        ...counts,
        ...standing.counts,
      });
      done += portion.good + portion.bad + portion.aside;
    },
    onProgress: (_done, total) => {
      // A word that does not get through is no reason to stop reading.
      if (position % SAY_EVERY === 0)
        sayProgress(needs, draft.id, done, total).catch(() => undefined);
    },
  });
  if (!sheets.ok) return sheets;
  const blamed = await blame(
    needs,
    next,
    conflicts.filter(({ holder }) => !named.has(holder)),
  );
  const about = {
    ...openAbout(vault, draft),
    sheets: sheets.value.map((sheet, index) => less(sheet, blamed.get(index) ?? 0)),
  };
  await storage.transaction(async ({ rosterDrafts }) => {
    const ready = await rosterDrafts.change(draft.id, ['reading'], {
      ...{ state: 'ready', generation, done, total: done, heldUntil: null, failure: null },
      sealed: sealAbout(vault, draft.id, about),
    });
    await rosterDrafts.forgetPortions(draft.id, ready ? generation : draft.generation);
  });
  return ok(undefined);
}

const less = (sheet: SheetSummary, count: number): SheetSummary => ({
  ...sheet,
  good: sheet.good - count,
  bad: sheet.bad + count,
});

async function sayProgress(
  { storage, clock }: JudgingNeeds,
  id: string,
  done: number,
  total: number | null,
): Promise<void> {
  const heldUntil = new Date(clock().getTime() + HELD_MS);
  await storage.rosterDrafts.change(id, ['reading'], { done, total, heldUntil });
}

/** How the good rows of a portion stand to the batch. */
async function standingOf({ storage, vault }: JudgingNeeds, batchId: string, portion: RowPortion) {
  const rows = JSON.parse(portion.text) as JudgedRow[];
  const digests = await inSlices(rows, (row, index) =>
    row.verdict.kind === 'good' ? [{ index, ...digestsOf(vault, row.verdict.fields) }] : [],
  );
  const people = digests.flat();
  const known = await storage.rosters.knownAmong(batchId, {
    idNumberHashes: people.map(({ idNumberHash }) => idNumberHash),
    studentNumberHashes: people.map(({ studentNumberHash }) => studentNumberHash),
  });
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const byPerson = new Map(known.map((entry) => [entry.idNumberHash, entry]));
  const byNumber = new Map(known.map((entry) => [entry.studentNumberHash, entry]));
  const conflicts: Omit<Conflict, 'position'>[] = [];
  for (const person of people) {
    counts[standing(person, byPerson.get(person.idNumberHash))] += 1;
    const holder = byNumber.get(person.studentNumberHash)?.idNumberHash;
    if (holder && holder !== person.idNumberHash) conflicts.push({ index: person.index, holder });
  }
  return { people, counts, conflicts };
}

export function standing(
  person: Pick<Digests, 'contentHash'>,
  former: Pick<RosterEntry, 'contentHash'> | undefined,
): 'added' | 'changed' | 'unchanged' {
  if (!former) return 'added';
  return former.contentHash === person.contentHash ? 'unchanged' : 'changed';
}

const TAKEN: RowFault = {
  column: 'XH',
  zh: '学号已被此前导入的另一人使用',
  en: 'Somebody imported before has this student number',
};

/** Makes rows bad; how many of each sheet. */
async function blame(
  needs: JudgingNeeds,
  draft: RosterDraft,
  conflicts: readonly Conflict[],
): Promise<ReadonlyMap<number, number>> {
  const { storage, vault } = needs;
  const sheets = new Map<number, number>();
  const byPosition = new Map<number, Conflict[]>();
  for (const one of conflicts) {
    const others = byPosition.get(one.position);
    if (others) others.push(one);
    else byPosition.set(one.position, [one]);
  }
  for (const [position, own] of byPosition) {
    await othersTurn();
    const rows = await portionRows(vault, storage.rosterDrafts, draft, position);
    for (const { index } of own) {
      const row = rows[index];
      if (row?.verdict.kind !== 'good') continue;
      const { fields } = row.verdict;
      rows[index] = { ...row, verdict: { kind: 'bad', fields, faults: [TAKEN] } };
      sheets.set(row.sheet, (sheets.get(row.sheet) ?? 0) + 1);
    }
    const text = JSON.stringify(rows);
    const counts = await countsOf(needs, draft.batchId, rows);
    const sealed = sealPortion(vault, draft, position, text);
    const { id: draftId, generation } = draft;
    await storage.rosterDrafts.savePortion({ draftId, generation, position, sealed, ...counts });
  }
  return sheets;
}

async function countsOf(
  needs: JudgingNeeds,
  batchId: string,
  rows: readonly JudgedRow[],
): Promise<DraftCounts> {
  const counts = { good: 0, bad: 0, aside: 0 };
  for (const { verdict } of rows) counts[verdict.kind] += 1;
  const portion = { text: JSON.stringify(rows), ...counts };
  return { ...counts, ...(await standingOf(needs, batchId, portion)).counts };
}
