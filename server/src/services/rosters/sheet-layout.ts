import type { RosterColumn } from '@gradshot/domain';
import type {
  KnownHeadings,
  Sheet,
  SheetPlan,
  SheetRow,
} from '../../ports/rosters/roster-sheets.ts';
import { columnOf, missingOf } from './roster-columns.ts';

/** Titles, notes and an explanation of the columns stand above; more nobody puts there. */
const HEADER_WITHIN = 30;

type Header = Pick<SheetPlan, 'headerFrom' | 'headerRows' | 'columns'>;

/**
 * Where the header of a sheet is and what its columns hold. The first row, or pair of rows, that names
 * all needed columns; else the one that names most, for somebody to complete it by hand.
 */
export function layoutOf(sheet: Sheet, known: KnownHeadings): SheetPlan {
  const none: Header = { headerFrom: 0, headerRows: 0, columns: [] };
  let best = none;
  for (const [index, row] of sheet.rows.entries()) {
    if (row.row > HEADER_WITHIN) break;
    const header = betterOf(single(row, known), double(row, sheet.rows[index + 1], known));
    if (count(header) > count(best)) best = header;
    if (missingOf(header.columns).length === 0) break;
  }
  return { used: count(best) > 1, ...(count(best) > 1 ? best : none) };
}

const count = ({ columns }: Header) => columns.filter(Boolean).length;

const betterOf = (one: Header, other: Header | undefined): Header =>
  other && count(other) > count(one) ? other : one;

const single = (row: SheetRow, known: KnownHeadings): Header => ({
  headerFrom: row.row,
  headerRows: 1,
  columns: columnsOf(row.cells, known),
});

/** Undefined where the lower row says as much alone, or is somebody's. */
function double(
  row: SheetRow,
  below: SheetRow | undefined,
  known: KnownHeadings,
): Header | undefined {
  if (below?.row !== row.row + 1 || below.cells.some((text) => /\d{4}/.test(text)))
    return undefined;
  const columns = columnsOf(headingsOf([row, below]), known);
  const header = { headerFrom: row.row, headerRows: 2, columns };
  return count(header) > count(single(below, known)) ? header : undefined;
}

/** The texts above each column: of two header rows, the lower one with what it belongs to. */
export function headingsOf(rows: readonly SheetRow[]): readonly string[] {
  const [upper, lower] = rows;
  if (!upper) return [];
  if (!lower) return upper.cells;
  let group = '';
  return Array.from({ length: Math.max(upper.cells.length, lower.cells.length) }, (_, place) => {
    const above = upper.cells[place] ?? '';
    const below = lower.cells[place] ?? '';
    group = above || group;
    if (!below || below === above) return above;
    return columnOf(below) ? below : `${group}${below}`;
  });
}

/** Where two columns are called the same, the first one counts. */
export function columnsOf(
  headings: readonly string[],
  known: KnownHeadings,
): (RosterColumn | null)[] {
  const taken = new Set<RosterColumn>();
  return Array.from(headings, (heading) => {
    const column = columnOf(heading ?? '', known);
    if (!column || taken.has(column)) return null;
    taken.add(column);
    return column;
  });
}
