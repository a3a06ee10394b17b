import Papa from 'papaparse';
import type { CellMark, Sheet, SheetRow } from '../../ports/rosters/roster-sheets.ts';
import { type Budget, MAX_COLUMNS, MAX_TEXT, plainText, spend } from './sheet-limits.ts';

/** Excel in China writes GBK, everybody else UTF-8; GB 18030 contains GBK. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;
const DELIMITERS = [',', '\t', ';'] as const;
/** Enough to tell what parts the fields. */
const TRIED_ROWS = 30;

/** The text of a file in UTF-8, UTF-16 or GB 18030. Throws for bytes that are text in none of them. */
export function decodeText(file: Buffer): string {
  const utf16 = utf16Of(file);
  if (utf16) return decode(file, utf16);
  // A zero byte stands in no text file of the other encodings.
  if (file.includes(0)) throw new Error('not a text file');
  for (const encoding of ENCODINGS) {
    try {
      return decode(file, encoding);
    } catch {
      // Not this one.
    }
  }
  throw new Error('unknown encoding');
}

const decode = (file: Buffer, encoding: string) =>
  new TextDecoder(encoding, { fatal: true }).decode(file);

/** By its mark, or by the zeros beside digits, commas and line ends. */
function utf16Of(file: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (file[0] === 0xff && file[1] === 0xfe) return 'utf-16le';
  if (file[0] === 0xfe && file[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (const [at, byte] of file.subarray(0, 4096).entries())
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > 4 && odd > even * 8) return 'utf-16le';
  return even > 4 && even > odd * 8 ? 'utf-16be' : undefined;
}

/** Fields parted by commas, tabs or semicolons, as they are written: nothing is taken for a number. */
export function readTextSheet(text: string, budget: Budget): Sheet {
  const rows: SheetRow[] = [];
  let line = 0;
  let wider = false;
  Papa.parse<string[]>(text, {
    delimiter: delimiterOf(text),
    step: ({ data }) => {
      line += 1;
      const cells = data.slice(0, MAX_COLUMNS).map(plainText);
      wider ||= data.slice(MAX_COLUMNS).some((more) => more.trim() !== '');
      if (cells.every((cell) => cell === '')) return;
      spend(budget, cells.length);
      rows.push({ row: line, cells, ...marksOf(data) });
    },
  });
  return { name: 'CSV', hidden: false, rows, from1904: false, wider };
}

function marksOf(data: readonly string[]): Pick<SheetRow, 'marks'> {
  const marks: Record<number, CellMark> = {};
  for (const [place, text] of data.slice(0, MAX_COLUMNS).entries()) {
    if (text.length > MAX_TEXT) marks[place] = 'cut';
    else if (/^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!)$/.test(text.trim()))
      marks[place] = 'error';
  }
  return Object.keys(marks).length > 0 ? { marks } : {};
}

/** What makes most fields of the first rows; a title may hold any of them. */
function delimiterOf(text: string): string {
  const fields = DELIMITERS.map((delimiter) => {
    const { data } = Papa.parse<string[]>(text, { delimiter, preview: TRIED_ROWS });
    return data.reduce((sum, row) => sum + row.length, 0);
  });
  return DELIMITERS[fields.indexOf(Math.max(...fields))] ?? ',';
}
