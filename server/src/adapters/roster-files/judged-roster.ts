import {
  type DraftRow,
  type JudgedRow,
  type KnownHeadings,
  PORTION_ROWS,
  type RowPortion,
  type Sheet,
  type SheetPlan,
  type SheetSummary,
} from '../../ports/rosters/roster-sheets.ts';
import { countsOf, judge } from '../../services/rosters/roster-judgement.ts';
import { layoutOf } from '../../services/rosters/sheet-layout.ts';
import { type SheetFacts, summaryOf } from '../../services/rosters/sheet-summary.ts';

export type JudgedRoster = {
  readonly sheets: readonly SheetSummary[];
  readonly rows: readonly JudgedRow[];
};

/** Sheets as they were read, each laid out by itself. */
export function judgeSheets(sheets: readonly Sheet[], headings: KnownHeadings): JudgedRoster {
  const rows = sheets.flatMap(({ rows: own }, sheet) => own.map((row) => ({ ...row, sheet })));
  const plans = sheets.map((sheet) => layoutOf(sheet, headings));
  return judgeRows(sheets, rows, plans);
}

export function judgeRows(
  facts: readonly SheetFacts[],
  rows: readonly DraftRow[],
  plans: readonly SheetPlan[],
): JudgedRoster {
  const planned = facts.map((sheet, index) => {
    const plan = plans[index] ?? { used: false, headerFrom: 0, headerRows: 0, columns: [] };
    return { ...factsOf(sheet), plan };
  });
  const verdicts = judge(planned, rows);
  const judged = rows.map((row, index): JudgedRow => {
    const verdict = verdicts[index];
    return { ...row, verdict: verdict ?? { kind: 'aside', reason: 'noHeader' } };
  });
  const sheets = planned.map(({ plan, ...sheet }, index) => {
    const own = judged.filter((row) => row.sheet === index);
    return summaryOf(sheet, own, plan, countsOf(own));
  });
  return { sheets, rows: judged };
}

const factsOf = ({ name, hidden, wider, from1904 }: SheetFacts): SheetFacts => ({
  name,
  hidden,
  wider,
  from1904,
});

export function* portionsOf(rows: readonly JudgedRow[]): Generator<RowPortion> {
  for (let start = 0; start < rows.length; start += PORTION_ROWS) {
    const portion = rows.slice(start, start + PORTION_ROWS);
    yield { text: JSON.stringify(portion), ...countsOf(portion) };
  }
}
