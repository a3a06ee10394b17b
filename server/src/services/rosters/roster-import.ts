import type { RosterResult } from '@gradshot/contract';
import { fail, ok, type Result } from '@gradshot/domain';
import type { StaffCaller } from '../../ports/access/caller.ts';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterDraft, RosterDraftRows } from '../../ports/rosters/draft-repository.ts';
import type { RosterImportRows } from '../../ports/rosters/import-repository.ts';
import { openAbout, portionRows, sumOf } from './draft-contents.ts';
import { columnName } from './roster-columns.ts';
import type { RosterDrafts } from './roster-drafts.ts';

type Needs = Stored<RosterDraftRows & RosterImportRows> & { readonly vault: Vault };

/** More would help nobody to correct the file. */
const MAX_ERRORS = 500;

export type RosterFile = {
  readonly batchId: string;
  readonly bytes: Uint8Array;
  /** Only checks. */
  readonly dryRun: boolean;
};

export type RosterImport = {
  /**
   * For programs: all or nothing, with one error in one row nothing is written. Failures:
   * `request.notFound`, those of reading, `roster.columnsMissing`, `roster.busy`.
   */
  take(caller: StaffCaller, file: RosterFile): Promise<Result<RosterResult>>;
};

export function createRosterImport(needs: Needs, drafts: RosterDrafts): RosterImport {
  const { storage } = needs;
  return {
    async take(caller, { batchId, bytes, dryRun }) {
      const uploaded = await drafts.upload(caller, { batchId, bytes, fileName: '' });
      if (!uploaded.ok) return uploaded;
      const { draftId } = uploaded.value;
      await drafts.settled(draftId);
      const checked = await check(needs, draftId);
      if (!checked.ok || dryRun || checked.value.errors.length > 0) {
        await storage.rosterDrafts.delete(draftId);
        return checked;
      }
      const begun = await drafts.import(caller, draftId);
      await drafts.settled(draftId);
      const imported = begun.ok ? await outcomeOf(needs, draftId, checked.value) : begun;
      await storage.rosterDrafts.delete(draftId);
      return imported;
    },
  };
}

async function check(needs: Needs, draftId: string): Promise<Result<RosterResult>> {
  const { storage, vault } = needs;
  const draft = await storage.rosterDrafts.find(draftId);
  if (draft?.state !== 'ready') return failureOf(draft);
  const { sheets } = openAbout(vault, draft);
  if (sheets.every(({ missing }) => missing.length > 0)) {
    const [nearest] = sheets.toSorted((a, b) => a.missing.length - b.missing.length);
    const columns = (nearest?.missing ?? []).map(columnName).join('、');
    return fail('roster.columnsMissing', { columns });
  }
  const portions = await storage.rosterDrafts.portionCounts(draft);
  const { good, bad, aside, added, changed, unchanged } = sumOf(portions);
  const errors: RosterResult['errors'] = [];
  for (const { position, bad: wrong } of portions)
    if (wrong > 0 && errors.length < MAX_ERRORS)
      errors.push(...(await errorsAt(needs, draft, position)));
  const none =
    bad > 0 ? { added: 0, updated: 0, unchanged: 0 } : { added, updated: changed, unchanged };
  return ok({
    total: good + bad,
    ...none,
    aside,
    errors: errors.slice(0, MAX_ERRORS),
    imported: false,
  });
}

function failureOf(draft: RosterDraft | undefined): Result<never> {
  const { failure } = draft ?? {};
  if (failure === 'roster.protected' || failure === 'roster.tooMuch') return fail(failure);
  return fail(failure === 'roster.unreadable' ? failure : 'roster.cancelled');
}

async function errorsAt(
  { storage, vault }: Needs,
  draft: RosterDraft,
  position: number,
): Promise<RosterResult['errors']> {
  const { sheets } = openAbout(vault, draft);
  const rows = await portionRows(vault, storage.rosterDrafts, draft, position);
  return rows.flatMap(({ row, sheet, verdict }) =>
    verdict.kind === 'bad'
      ? verdict.faults.map((fault) => ({
          ...(sheets.length > 1 ? { sheet: sheets[sheet]?.name ?? '' } : {}),
          row,
          ...fault,
        }))
      : [],
  );
}

async function outcomeOf(
  { storage }: Needs,
  draftId: string,
  checked: RosterResult,
): Promise<Result<RosterResult>> {
  const draft = await storage.rosterDrafts.find(draftId);
  const record = draft?.importId ? await storage.rosterImports.find(draft.importId) : undefined;
  if (record?.state !== 'done') return fail('roster.cancelled');
  const { added, changed, unchanged } = record;
  return ok({ ...checked, added, updated: changed, unchanged, imported: true });
}
