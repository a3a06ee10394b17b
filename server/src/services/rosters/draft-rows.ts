import { setImmediate as othersTurn } from 'node:timers/promises';
import type { RosterDraftRow, RouteOutput } from '@gradshot/contract';
import { maskIdNumber, maskName } from '@gradshot/domain';
import type { Stored } from '../../ports/ground/storage.ts';
import type { Vault } from '../../ports/ground/vault.ts';
import type { RosterDraft, RosterDraftRows } from '../../ports/rosters/draft-repository.ts';
import {
  type JudgedRow,
  type PersonFields,
  PORTION_ROWS,
  type SheetSummary,
} from '../../ports/rosters/roster-sheets.ts';
import { openAbout, portionRows } from './draft-contents.ts';
import { hideLong } from './sheet-summary.ts';

type Needs = Stored<RosterDraftRows> & { readonly vault: Vault };
type Wanted = {
  readonly kind: 'good' | 'bad' | 'aside';
  readonly page: number;
  readonly pageSize: number;
};

/** A page of the rows of one kind; only the portions that hold it are opened. */
export async function rowsOf(
  { storage, vault }: Needs,
  draft: RosterDraft,
  { kind, page, pageSize }: Wanted,
): Promise<RouteOutput<'listRosterDraftRows'>> {
  const { rosterDrafts } = storage;
  const { sheets } = openAbout(vault, draft);
  const rows: RosterDraftRow[] = [];
  const first = (page - 1) * pageSize;
  let passed = 0;
  for (const counts of await rosterDrafts.portionCounts(draft)) {
    const own = counts[kind];
    if (own > 0 && passed + own > first && passed < first + pageSize) {
      await othersTurn();
      const all = await portionRows(vault, rosterDrafts, draft, counts.position);
      const shown = all.flatMap((row, index) =>
        row.verdict.kind === kind
          ? [rowView(row, counts.position * PORTION_ROWS + index, sheets)]
          : [],
      );
      rows.push(...shown.slice(Math.max(0, first - passed), first + pageSize - passed));
    }
    passed += own;
  }
  return { rows, total: passed };
}

function rowView(row: JudgedRow, at: number, sheets: readonly SheetSummary[]): RosterDraftRow {
  const { verdict } = row;
  const common = {
    ...{ at, row: row.row, sheet: sheets[row.sheet]?.name ?? '', hidden: row.hidden ?? false },
    edited: row.edits !== undefined,
  };
  if (verdict.kind === 'bad')
    return { ...common, kind: 'bad', fields: verdict.fields, faults: [...verdict.faults] };
  if (verdict.kind === 'good')
    return { ...common, kind: 'good', fields: masked(verdict.fields), faults: [] };
  const text = row.cells.filter(Boolean).map(hideLong).join(' ');
  return {
    ...{ ...common, kind: 'aside', fields: {}, faults: [], reason: verdict.reason },
    ...(verdict.same ? { same: verdict.same } : { text: text.slice(0, 200) }),
  };
}

function masked({ XM, SFZH, KSH, CSRQ: _birthday, ...fields }: PersonFields): PersonFields {
  return {
    ...fields,
    ...(XM ? { XM: maskName(XM) } : {}),
    ...(SFZH ? { SFZH: maskIdNumber(SFZH) } : {}),
    ...(KSH ? { KSH: hideLong(KSH) } : {}),
  };
}
