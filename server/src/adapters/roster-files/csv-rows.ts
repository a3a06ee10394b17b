import Papa from 'papaparse';
import type { RosterRow } from '../../ports/rosters/roster-reader.ts';
import { MAX_COLUMNS, MAX_ROWS, TooManyRows, textCell } from './cells.ts';

/** Excel in China writes GBK, everybody else UTF-8; GB 18030 contains GBK. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/** Throws for bytes that are text in neither encoding. */
export function readCsvRows(file: Buffer): RosterRow[] {
  const rows: RosterRow[] = [];
  let line = 0;
  Papa.parse<string[]>(decode(file), {
    step: ({ data }) => {
      line += 1;
      const cells = data.slice(0, MAX_COLUMNS).map(textCell);
      if (cells.every(({ text }) => text === '')) return;
      rows.push({ row: line, cells });
      if (rows.length > MAX_ROWS + 1) throw new TooManyRows();
    },
  });
  return rows;
}

function decode(file: Buffer): string {
  // A zero byte stands in no text file of these encodings.
  if (file.includes(0)) throw new Error('not a text file');
  for (const encoding of ENCODINGS) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(file);
    } catch {
      // Not this one.
    }
  }
  throw new Error('unknown encoding');
}
