import * as XLSX from '@e965/xlsx';
import type { JudgedRow, SheetSummary } from '../../ports/rosters/roster-sheets.ts';

/** What schools read above the last column; uploaded again it means nothing. */
const REASON = '需要改正的地方';

/** Every cell is text: a number or a formula would be changed once more by whoever opens it. */
export function writeBadRows(
  sheets: readonly SheetSummary[],
  rows: readonly JudgedRow[],
): Uint8Array {
  const book = XLSX.utils.book_new();
  for (const [index, sheet] of sheets.entries()) {
    const own = rows.filter((row) => row.sheet === index);
    if (own.length === 0) continue;
    const header = sheet.columns.map(({ heading }, place) =>
      sheet.plan.columns[place] && !heading ? (sheet.plan.columns[place] ?? '') : heading,
    );
    const table = [[...header, REASON], ...own.map((row) => lineOf(sheet, row))];
    const content = XLSX.utils.aoa_to_sheet(table.map((line) => line.map(textCell)));
    content['!cols'] = table[0]?.map(() => ({ wch: 22 })) ?? [];
    XLSX.utils.book_append_sheet(book, content, nameOf(sheet.name, book.SheetNames));
  }
  if (book.SheetNames.length === 0)
    XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([[REASON]]), REASON);
  return new Uint8Array(XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
}

const textCell = (text: string): XLSX.CellObject => ({ t: 's', v: text, z: '@' });

function lineOf({ columns, plan }: SheetSummary, row: JudgedRow): string[] {
  const cells = columns.map((_, place) => {
    const column = plan.columns[place];
    return (column && row.edits?.[column]) ?? row.cells[place] ?? '';
  });
  const faults = row.verdict.kind === 'bad' ? row.verdict.faults : [];
  return [...cells, faults.map(({ column, zh }) => `${column}：${zh}`).join('；')];
}

/** A workbook has each name once, without some signs and not longer than 31 of them. */
function nameOf(name: string, taken: readonly string[]): string {
  const plain = name.replaceAll(/[\\/?*[\]:]/g, '_').slice(0, 28) || 'Sheet';
  return taken.includes(plain) ? `${plain}-${taken.length}` : plain;
}
