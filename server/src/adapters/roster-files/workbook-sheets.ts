import * as XLSX from '@e965/xlsx';
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { CellMark, Sheet, SheetRow } from '../../ports/rosters/roster-sheets.ts';
import { dayOfSerial } from '../../services/rosters/person-fields.ts';
import { type Budget, MAX_COLUMNS, MAX_TEXT, plainText, spend, TooMuch } from './sheet-limits.ts';

// Workbooks of Excel 95 and before keep their texts in the code page of their computer.
XLSX.set_cptable(codePages);

/** Cells that merged areas may fill. */
const MAX_FILLED = 2_000_000;

const OPTIONS = {
  dense: true,
  // Hidden rows are told with the styles alone.
  cellStyles: true,
  cellNF: true,
  cellHTML: false,
  bookVBA: false,
  // Of pages that call themselves a workbook: what stands there is taken as it is written.
  raw: true,
} as const satisfies XLSX.ParsingOptions;

type Cells = readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[];

/** Every sheet of a workbook. Nothing is calculated, no macro and no link is followed. */
export function readWorkbook(file: Buffer | string, budget: Budget): Sheet[] {
  const type = typeof file === 'string' ? 'string' : 'buffer';
  const book = XLSX.read(file, { ...OPTIONS, type });
  const from1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.flatMap((name, index) => {
    const sheet = book.Sheets[name];
    if (!sheet) return [];
    const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    const read = sheetOf(sheet, from1904, budget);
    // Two copies of a workbook in memory would be one too many.
    delete book.Sheets[name];
    return [{ name: plainText(name), hidden, from1904, ...read }];
  });
}

function sheetOf(sheet: XLSX.WorkSheet, from1904: boolean, budget: Budget) {
  const data = ((sheet as XLSX.DenseWorkSheet)['!data'] ?? []) as XLSX.CellObject[][];
  fillMerged(data, sheet['!merges'] ?? []);
  const rows: SheetRow[] = [];
  let wider = false;
  data.forEach((cells, index) => {
    const row = rowOf(cells, index + 1, from1904);
    wider ||= cells.length > MAX_COLUMNS && cells.slice(MAX_COLUMNS).some(isFull);
    if (!row) return;
    spend(budget, row.cells.length);
    rows.push(sheet['!rows']?.[index]?.hidden ? { ...row, hidden: true } : row);
  });
  return { rows, wider };
}

const isFull = (cell: XLSX.CellObject | undefined) =>
  cell !== undefined && cell.t !== 'z' && cell.v !== undefined && cell.v !== '';

/** What stands in the first cell of a merged area stands in each of its rows. */
function fillMerged(data: XLSX.CellObject[][], merges: readonly XLSX.Range[]): void {
  let left = MAX_FILLED;
  for (const { s: from, e: to } of merges) {
    const cell = data[from.r]?.[from.c];
    if (!isFull(cell) || from.c >= MAX_COLUMNS) continue;
    for (let r = from.r + 1; r <= Math.min(to.r, data.length - 1); r += 1) {
      left -= 1;
      if (left < 0) throw new TooMuch();
      const row = data[r];
      if (row && cell && !isFull(row[from.c])) row[from.c] = cell;
    }
  }
}

function rowOf(cells: Cells[number], row: number, from1904: boolean): SheetRow | undefined {
  const texts: string[] = [];
  const marks: Record<number, CellMark> = {};
  let full = false;
  for (let place = 0; place < Math.min(cells?.length ?? 0, MAX_COLUMNS); place += 1) {
    const { text, mark } = cellOf(cells?.[place], from1904);
    texts.push(text);
    if (mark) marks[place] = mark;
    full ||= text !== '' || mark !== undefined;
  }
  if (!full) return undefined;
  while (texts.at(-1) === '' && marks[texts.length - 1] === undefined) texts.pop();
  return { row, cells: texts, ...(Object.keys(marks).length > 0 ? { marks } : {}) };
}

type Cell = { readonly text: string; readonly mark?: CellMark };
const EMPTY: Cell = { text: '' };

function cellOf(cell: XLSX.CellObject | undefined, from1904: boolean): Cell {
  if (!cell || cell.t === 'z') return EMPTY;
  if (cell.v === undefined) return cell.f ? { text: '', mark: 'noResult' } : EMPTY;
  if (cell.t === 'e') return { text: cell.w ?? '#', mark: 'error' };
  if (typeof cell.v === 'number') return numberCell(cell, cell.v, from1904);
  const text = String(cell.v);
  return text.length > MAX_TEXT
    ? { text: plainText(text), mark: 'cut' }
    : { text: plainText(text) };
}

function numberCell({ z, w }: XLSX.CellObject, value: number, from1904: boolean): Cell {
  const format = String(z ?? '');
  if (value > 0 && value < 2_958_466 && XLSX.SSF.is_date(format)) {
    const day = dayOfSerial(value, from1904);
    return { text: /d/i.test(format) ? day : day.slice(0, 6), mark: 'date' };
  }
  // `00000000` shows zeros that the number itself has not.
  if (/^0{2,}$/.test(format) && w) return { text: plainText(w) };
  return { text: String(value), mark: 'number' };
}
