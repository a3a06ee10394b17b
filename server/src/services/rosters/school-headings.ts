import type { RosterSheetPlan } from '@gradshot/contract';
import type { RosterColumn } from '@gradshot/domain';
import type { Vault } from '../../ports/ground/vault.ts';
import type { SchoolHeadings } from '../../ports/rosters/draft-repository.ts';
import type { KnownHeadings, SheetSummary } from '../../ports/rosters/roster-sheets.ts';
import { columnOf, headingKey } from './roster-columns.ts';

/** A school uses a handful; more is a mistake, as a row of people taken for headings. */
const MAX_HEADINGS = 300;
const MAX_LENGTH = 60;

const placeOf = (schoolId: string) => `rosterHeadings:${schoolId}`;

export const sealHeadings = (vault: Vault, schoolId: string, headings: KnownHeadings) =>
  vault.seal(JSON.stringify(headings), placeOf(schoolId));

export const openHeadings = (
  vault: Vault,
  { schoolId, sealed }: Pick<SchoolHeadings, 'schoolId' | 'sealed'>,
): KnownHeadings => JSON.parse(vault.open(sealed, placeOf(schoolId))) as KnownHeadings;

/**
 * What somebody says by hand of headings that mean something else by themselves, or nothing; the very
 * same object when there is nothing to learn. Numbers are no headings.
 */
export function learnedHeadings(
  sheets: readonly SheetSummary[],
  plans: readonly RosterSheetPlan[],
  known: KnownHeadings,
): KnownHeadings {
  const learned: Record<string, RosterColumn | null> = { ...known };
  let changed = false;
  for (const [index, { columns, plan }] of sheets.entries()) {
    const wanted = plans[index];
    // Headings are told of the header that was found: of another one they are not known yet.
    if (!wanted?.used || !wanted.headerRows || wanted.headerFrom !== plan.headerFrom) continue;
    for (const [place, { heading }] of columns.entries()) {
      const key = headingKey(heading);
      const column = wanted.columns[place] ?? null;
      if (!key || key.length > MAX_LENGTH || /\d{4}/.test(key)) continue;
      if (column === columnOf(heading, learned) || !differs(plan.columns[place], column)) continue;
      learned[key] = column;
      changed = true;
    }
  }
  return changed && Object.keys(learned).length <= MAX_HEADINGS ? learned : known;
}

const differs = (found: RosterColumn | null | undefined, wanted: RosterColumn | null) =>
  (found ?? null) !== wanted;
