import { Readable } from 'node:stream';
import type { CellValue } from 'exceljs';
import type { RosterCell, RosterRow } from '../../ports/rosters/roster-reader.ts';
import { MAX_COLUMNS, MAX_ROWS, TooManyRows, textCell } from './cells.ts';

/** Rows of the first sheet, read as a stream: the sheet never stands in memory as a whole. */
export async function readXlsxRows(file: Buffer): Promise<RosterRow[]> {
  // Not at every start of a server: it is as large as many of its other packages together.
  const { default: ExcelJS } = await import('exceljs');
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from([file]), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    // Tells dates from numbers.
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  const rows: RosterRow[] = [];
  for await (const sheet of reader) {
    for await (const row of sheet) {
      const cells = cellsOf(row.values);
      if (cells.every(({ text }) => text === '')) continue;
      rows.push({ row: row.number, cells });
      if (rows.length > MAX_ROWS + 1) throw new TooManyRows();
    }
    return rows;
  }
  return rows;
}

/** exceljs counts columns from 1. */
function cellsOf(values: unknown): RosterCell[] {
  const list = Array.isArray(values) ? values.slice(1, MAX_COLUMNS + 1) : [];
  return Array.from(list, (value: CellValue) => cellOf(value));
}

function cellOf(value: CellValue): RosterCell {
  if (value === null || value === undefined) return textCell('');
  if (typeof value === 'number') return { text: String(value), numeric: true };
  if (value instanceof Date) return textCell(value.toISOString().slice(0, 10).replaceAll('-', ''));
  if (typeof value !== 'object') return textCell(String(value));
  if ('richText' in value) return textCell(value.richText.map(({ text }) => text).join(''));
  if ('text' in value) return cellOf(value.text as CellValue);
  if ('result' in value) return cellOf(value.result as CellValue);
  return textCell('');
}
