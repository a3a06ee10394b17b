import { randomUUID } from 'node:crypto';
import type { RosterDraft as DraftView, RosterSheetPlan, RouteOutput } from '@gradshot/contract';
import { type ErrorCode, fail, ok, type Result, type RosterColumn } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { DeskRows } from '../../ports/console/console-repository.ts';
import type { EventLog } from '../../ports/ground/event-log.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { RosterDraft, RosterDraftRows } from '../../ports/rosters/draft-repository.ts';
import type { RosterImportRows } from '../../ports/rosters/import-repository.ts';
import type { RosterRows } from '../../ports/rosters/roster-repository.ts';
import type {
  JudgedRow,
  KnownHeadings,
  PersonFields,
  ReadingTask,
} from '../../ports/rosters/roster-sheets.ts';
import { openAbout, portionTexts, sealAbout, sumOf, viewOf } from './draft-contents.ts';
import { type ImportingNeeds, importDraft, takeBack } from './draft-importing.ts';
import { HELD_MS, type JudgingNeeds, judgeDraft } from './draft-judging.ts';
import { rowsOf } from './draft-rows.ts';
import { learnedHeadings, openHeadings, sealHeadings } from './school-headings.ts';

export type DraftNeeds = Stored<DeskRows & RosterDraftRows & RosterImportRows & RosterRows> &
  Omit<JudgingNeeds & ImportingNeeds, 'storage'> & { readonly log: EventLog };

/** Full numbers of people: no longer than somebody needs to look at them. */
const KEPT_MS = 24 * 60 * 60_000;

export type DraftEdit = {
  readonly at: number;
  readonly fields?: PersonFields | undefined;
  readonly leftOut?: boolean | undefined;
};
export type RowsWanted = {
  readonly kind: 'good' | 'bad' | 'aside';
  readonly page: number;
  readonly pageSize: number;
};

/** Rosters on their way into a batch, in steps: read, looked at, mended, imported. */
export type RosterDrafts = {
  /** Failure: `request.notFound`. */
  upload(
    caller: StaffCaller,
    file: { readonly batchId: string; readonly fileName: string; readonly bytes: Uint8Array },
  ): Promise<Result<DraftView>>;
  /** Failure of all that follow: `roster.draftGone`. */
  view(draftId: string): Promise<Result<DraftView>>;
  /** Failure: `roster.draftBusy`. */
  plan(
    caller: StaffCaller,
    draftId: string,
    plans: readonly RosterSheetPlan[],
  ): Promise<Result<DraftView>>;
  rows(draftId: string, wanted: RowsWanted): Promise<Result<RouteOutput<'listRosterDraftRows'>>>;
  /** Failure: `roster.draftBusy`. */
  edit(draftId: string, edits: readonly DraftEdit[]): Promise<Result<DraftView>>;
  /** Written down. Failure: `roster.draftBusy`. */
  badRows(caller: StaffCaller, draftId: string): Promise<Result<Uint8Array>>;
  /** Failures: `roster.draftBusy`, `roster.busy`. */
  import(caller: StaffCaller, draftId: string): Promise<Result<DraftView>>;
  cancel(draftId: string): Promise<Result<DraftView>>;
  /** When nothing is at work on the draft any more. */
  settled(draftId: string): Promise<void>;
  /** Goes on with what a server that ended has left, and forgets what is over a day old. */
  keepUp(): Promise<void>;
};

type Work = { readonly abort: AbortController; readonly over: Promise<void> };

export function createRosterDrafts(needs: DraftNeeds): RosterDrafts {
  const { storage, vault, clock, log } = needs;
  const works = new Map<string, Work>();

  /** Nobody waits for it: `view` tells how far it is. */
  function begin(draftId: string, work: (signal: AbortSignal) => Promise<void>): void {
    const abort = new AbortController();
    const over = work(abort.signal)
      .catch((error: Error) =>
        log.error({ err: error, draftId }, 'a roster waits to be gone on with'),
      )
      .finally(() => works.delete(draftId));
    works.set(draftId, { abort, over });
  }

  const found = async (draftId: string): Promise<RosterDraft | undefined> => {
    const draft = await storage.rosterDrafts.find(draftId);
    return draft && draft.expiresAt > clock() ? draft : undefined;
  };
  const shown = async (draft: RosterDraft): Promise<DraftView> =>
    viewOf(vault, draft, await storage.rosterDrafts.portionCounts(draft));
  const view = async (draftId: string): Promise<Result<DraftView>> => {
    const draft = await found(draftId);
    return draft ? ok(await shown(draft)) : fail('roster.draftGone');
  };

  const judge = (draft: RosterDraft, task: ReadingTask) =>
    begin(draft.id, async (signal) => {
      const judged = await judgeDraft(needs, draft, task, signal);
      if (!judged.ok) await failed(draft.id, judged.error.code);
    });
  const failed = (draftId: string, failure: ErrorCode) =>
    storage.rosterDrafts.change(draftId, ['reading'], {
      state: 'failed',
      failure,
      heldUntil: null,
    });
  const held = () => new Date(clock().getTime() + HELD_MS);

  async function judgeAgain(
    draftId: string,
    changes: {
      readonly plans?: readonly RosterSheetPlan[];
      readonly edits?: readonly DraftEdit[];
    },
  ): Promise<Result<DraftView>> {
    const draft = await found(draftId);
    if (!draft) return fail('roster.draftGone');
    const begun = { state: 'reading', done: 0, total: null, heldUntil: held() } as const;
    if (!(await storage.rosterDrafts.change(draftId, ['ready'], begun)))
      return fail('roster.draftBusy');
    const { sheets } = openAbout(vault, draft);
    const counts = await storage.rosterDrafts.portionCounts(draft);
    const texts = portionTexts(vault, storage.rosterDrafts, draft, counts);
    judge(draft, {
      portions: changes.edits ? edited(texts, changes.edits) : texts,
      sheets,
      plans: sheets.map((sheet, index) => changes.plans?.[index] ?? sheet.plan),
    });
    return view(draftId);
  }

  const headingsOf = async (batchId: string): Promise<KnownHeadings> => {
    const batch = await storage.desk.findBatch(batchId);
    const known = batch && (await storage.rosterDrafts.headings(batch.schoolId));
    return known ? openHeadings(vault, known) : {};
  };

  async function remember(
    caller: StaffCaller,
    draft: RosterDraft,
    plans: readonly RosterSheetPlan[],
  ) {
    const batch = await storage.desk.findBatch(draft.batchId);
    if (!batch) return;
    const known = await headingsOf(draft.batchId);
    const learned = learnedHeadings(openAbout(vault, draft).sheets, plans, known);
    if (learned === known) return;
    await storage.rosterDrafts.saveHeadings({
      schoolId: batch.schoolId,
      sealed: sealHeadings(vault, batch.schoolId, learned),
      updatedBy: caller.staffId,
      updatedAt: clock(),
    });
  }

  const goOn = (draft: RosterDraft) => begin(draft.id, () => importDraft(needs, draft));

  return {
    async upload({ staffId }, { batchId, fileName, bytes }) {
      if (!(await storage.desk.findBatch(batchId))) return fail('request.notFound');
      const id = randomUUID();
      const createdAt = clock();
      const draft: RosterDraft = {
        ...{ id, batchId, staffId, state: 'reading', createdAt, heldUntil: held() },
        sealed: sealAbout(vault, id, { fileName, sheets: [] }),
        ...{ failure: null, done: 0, total: null, generation: 0, importId: null },
        expiresAt: new Date(createdAt.getTime() + KEPT_MS),
      };
      await storage.rosterDrafts.insert(draft);
      judge(draft, { file: bytes, headings: await headingsOf(batchId) });
      return ok(await shown(draft));
    },
    view,
    async plan(caller, draftId, plans) {
      const draft = await found(draftId);
      if (!draft) return fail('roster.draftGone');
      const again = await judgeAgain(draftId, { plans });
      if (again.ok) await remember(caller, draft, plans);
      return again;
    },
    async rows(draftId, wanted) {
      const draft = await found(draftId);
      return draft ? ok(await rowsOf(needs, draft, wanted)) : fail('roster.draftGone');
    },
    edit: (draftId, edits) => judgeAgain(draftId, { edits }),
    async badRows({ staffId }, draftId) {
      const draft = await found(draftId);
      if (!draft) return fail('roster.draftGone');
      if (draft.state !== 'ready' && draft.state !== 'imported') return fail('roster.draftBusy');
      const counts = await storage.rosterDrafts.portionCounts(draft);
      const bad = counts.filter((portion) => portion.bad > 0);
      const file = await needs.reader.writeBad({
        portions: portionTexts(vault, storage.rosterDrafts, draft, bad),
        sheets: openAbout(vault, draft).sheets,
      });
      const { batchId } = draft;
      const count = sumOf(bad).bad;
      await storage.rosters.addAct({ batchId, at: clock(), staffId, act: 'exportBadRows', count });
      return ok(file);
    },
    async import({ staffId }, draftId) {
      const draft = await found(draftId);
      if (!draft) return fail('roster.draftGone');
      if (draft.state === 'imported' || draft.state === 'importing') return ok(await shown(draft));
      const importId = randomUUID();
      const { fileName } = openAbout(vault, draft);
      const begun = await storage.transaction(async ({ rosters, rosterDrafts, rosterImports }) => {
        await rosters.lockBatch(draft.batchId);
        if (await rosterDrafts.running(draft.batchId)) return fail('roster.busy');
        await rosterImports.insert({
          ...{ id: importId, batchId: draft.batchId, staffId, at: clock(), state: 'running' },
          fileNameSealed: vault.seal(fileName, `rosterImports:${importId}`),
          ...{ added: 0, changed: 0, unchanged: 0, bad: 0, aside: 0, refused: 0, kept: 0 },
          ...{ undoneBy: null, undoneAt: null },
        });
        const { good } = sumOf(await rosterDrafts.portionCounts(draft));
        const change = { state: 'importing', importId, done: 0, total: good } as const;
        const changed = await rosterDrafts.change(draftId, ['ready'], {
          ...change,
          heldUntil: held(),
        });
        if (changed) return ok(undefined);
        await rosterImports.delete(importId);
        return fail('roster.draftBusy');
      });
      if (!begun.ok) return begun;
      const going = await storage.rosterDrafts.find(draftId);
      if (going) goOn({ ...going, staffId });
      return view(draftId);
    },
    async cancel(draftId) {
      const draft = await found(draftId);
      if (!draft) return fail('roster.draftGone');
      works.get(draftId)?.abort.abort();
      const { rosterDrafts } = storage;
      if (await rosterDrafts.change(draftId, ['importing'], { state: 'cancelling' }))
        return view(draftId);
      const over = { state: 'cancelled', heldUntil: null } as const;
      if (await rosterDrafts.change(draftId, ['reading', 'ready', 'failed'], over))
        await rosterDrafts.forgetPortions(draftId, null);
      return view(draftId);
    },
    async settled(draftId) {
      await works.get(draftId)?.over;
    },
    async keepUp() {
      const now = clock();
      await storage.rosterDrafts.deleteExpired(now);
      for (const draft of await storage.rosterDrafts.claimAbandoned(now, held())) {
        if (works.has(draft.id)) continue;
        if (draft.state === 'importing') goOn(draft);
        else if (draft.state === 'cancelling') begin(draft.id, () => takeBack(needs, draft.id));
        // The file itself was never kept; of rows that were judged before nothing is lost.
        else if (draft.generation === 0) await failed(draft.id, 'roster.interrupted');
        else
          await storage.rosterDrafts.change(draft.id, ['reading'], {
            state: 'ready',
            heldUntil: null,
          });
      }
    },
  };
}

/** Portions with what somebody wrote in place of the file's own. */
async function* edited(
  texts: AsyncGenerator<string>,
  edits: readonly DraftEdit[],
): AsyncGenerator<string> {
  const byPlace = new Map(edits.map((edit) => [edit.at, edit]));
  let at = 0;
  for await (const text of texts) {
    const rows = JSON.parse(text) as JudgedRow[];
    let touched = false;
    for (const [index, row] of rows.entries()) {
      const edit = byPlace.get(at + index);
      if (!edit) continue;
      rows[index] = rowWith(row, edit);
      touched = true;
    }
    at += rows.length;
    yield touched ? JSON.stringify(rows) : text;
  }
}

function rowWith(row: JudgedRow, { fields, leftOut }: DraftEdit): JudgedRow {
  const { leftOut: before, ...others } = row;
  const edits: Partial<Record<RosterColumn, string>> = { ...row.edits, ...fields };
  return {
    ...others,
    ...(Object.keys(edits).length > 0 ? { edits } : {}),
    ...((leftOut ?? before) ? { leftOut: true as const } : {}),
  };
}
