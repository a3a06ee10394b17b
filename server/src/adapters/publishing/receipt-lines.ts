import * as XLSX from '@e965/xlsx';
import { fail, ok, type Result } from '@gradshot/domain';
import Papa from 'papaparse';
import type { ReceiptLine } from '../../ports/publishing/receipt-reader.ts';
import { decodeText } from '../roster-files/text-sheet.ts';
import { unpacksWithinLimits } from '../roster-files/zip-limits.ts';

const MAX_LINES = 50_000;
const MAX_COLUMNS = 40;

/** Receipts as they come: Excel of both ages, CSV and TXT in UTF-8, UTF-16 or GB 18030. */
export function readReceiptLines(file: Uint8Array): Result<readonly ReceiptLine[]> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  try {
    return isZip(bytes) || isOldExcel(bytes) ? readBook(bytes) : readText(bytes);
  } catch {
    return fail('publishing.receiptUnreadable');
  }
}

const isZip = (bytes: Buffer) => bytes.subarray(0, 2).toString('latin1') === 'PK';
const isOldExcel = (bytes: Buffer) => bytes.subarray(0, 4).toString('hex') === 'd0cf11e0';

function readBook(bytes: Buffer): Result<readonly ReceiptLine[]> {
  if (isZip(bytes)) {
    const size = unpacksWithinLimits(bytes);
    if (size !== 'fine')
      return fail(size === 'tooLarge' ? 'request.tooLarge' : 'publishing.receiptUnreadable');
  }
  const book = XLSX.read(bytes, { type: 'buffer', dense: true, sheetRows: MAX_LINES + 1 });
  const lines = book.SheetNames.flatMap((name) => {
    const sheet = book.Sheets[name];
    if (!sheet) return [];
    const rows = XLSX.utils.sheet_to_json<unknown[]>(sheet, {
      ...{ header: 1, raw: false, blankrows: true, defval: '' },
    });
    return rows.map((cells, index) => lineOf(index + 1, cells));
  });
  return limited(lines);
}

function readText(bytes: Buffer): Result<readonly ReceiptLine[]> {
  const parsed = Papa.parse<string[]>(decodeText(bytes), {
    delimitersToGuess: [',', '\t', ';', '|'],
    skipEmptyLines: false,
  });
  return limited(parsed.data.map((cells, index) => lineOf(index + 1, apart(cells))));
}

/** A text file without any of the usual separators has blanks between its columns. */
function apart(cells: readonly string[]): readonly string[] {
  const [only = ''] = cells;
  return cells.length === 1 ? only.trim().split(/[ \u3000]+/) : cells;
}

function lineOf(row: number, cells: readonly unknown[]): ReceiptLine {
  return { row, cells: cells.slice(0, MAX_COLUMNS).map((cell) => plain(String(cell ?? ''))) };
}

/** ="…" and '…, by which spreadsheets are told that a number is text. */
function plain(text: string): string {
  const trimmed = text.normalize('NFKC').trim();
  const quoted = /^="(.*)"$/.exec(trimmed);
  return (quoted?.[1] ?? trimmed.replace(/^'/, '')).trim();
}

function limited(lines: readonly ReceiptLine[]): Result<readonly ReceiptLine[]> {
  const filled = lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (filled.length > MAX_LINES) return fail('request.tooLarge');
  return filled.length > 0 ? ok(filled) : fail('publishing.receiptUnreadable');
}
