import type { DraftRow, SheetPlan, SheetSummary } from '../../ports/rosters/roster-sheets.ts';
import { normalised } from './person-fields.ts';
import { missingOf } from './roster-columns.ts';
import type { Counts } from './roster-judgement.ts';
import { headingsOf } from './sheet-layout.ts';

const SAMPLES = 3;
/** More nobody reads. */
const MAX_HIDDEN_ROWS = 200;

export type SheetFacts = Pick<SheetSummary, 'name' | 'hidden' | 'wider' | 'from1904'>;

export function summaryOf(
  facts: SheetFacts,
  rows: readonly DraftRow[],
  plan: SheetPlan,
  counts: Counts,
): SheetSummary {
  const last = rows.at(-1)?.row ?? 0;
  const hidden = rows.filter((row) => row.hidden);
  return {
    ...facts,
    ...counts,
    hiddenRows: hidden.slice(0, MAX_HIDDEN_ROWS).map(({ row }) => row),
    rows: last,
    empty: last - rows.length,
    plan,
    columns: columnsOf(rows, plan),
    missing: missingOf(plan.columns),
    lengthsDiffer: lengthsDiffer(rows, plan),
  };
}

function columnsOf(rows: readonly DraftRow[], plan: SheetPlan): SheetSummary['columns'] {
  const { headerFrom, headerRows } = plan;
  const first = headerFrom + headerRows;
  const header = rows.filter(({ row }) => row >= headerFrom && row < first);
  const headings = headerRows > 0 ? headingsOf(header) : [];
  const people = rows.filter(({ row }) => row >= first);
  const width = people
    .slice(0, 200)
    .reduce((most, { cells }) => Math.max(most, cells.length), headings.length);
  return Array.from({ length: width }, (_, place) => ({
    heading: headings[place] ?? '',
    samples: samplesAt(people, place),
  }));
}

function samplesAt(rows: readonly DraftRow[], place: number): string[] {
  const samples: string[] = [];
  for (const { cells } of rows) {
    const text = cells[place];
    if (text) samples.push(hideLong(text));
    if (samples.length === SAMPLES) break;
  }
  return samples;
}

/** Enough to see what kind of number it is, too little to use it. */
export function hideLong(text: string): string {
  return text.replaceAll(/[\dA-Z]{8,}/gi, (number) => `${number.slice(0, 4)}…${number.slice(-2)}`);
}

/** 学号 that are kept as numbers, of different lengths and none with a zero before it. */
function lengthsDiffer(rows: readonly DraftRow[], { columns, headerFrom, headerRows }: SheetPlan) {
  const place = columns.indexOf('XH');
  if (place < 0) return false;
  const lengths = new Set<number>();
  for (const { row, cells, marks } of rows) {
    if (row < headerFrom + headerRows || marks?.[place] !== 'number') continue;
    const text = normalised('XH', cells[place] ?? '');
    if (/^\d+$/.test(text)) lengths.add(text.length);
  }
  return lengths.size > 1;
}
