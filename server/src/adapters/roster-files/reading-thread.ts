/**
 * Entry of the thread that reads and judges rosters one after the other, started by roster-reader.ts and never imported.
 * A workbook is read at one go: on the main thread it would keep every other request waiting.
 */
import { parentPort } from 'node:worker_threads';
import type { DraftRow, JudgedRow, RowPortion } from '../../ports/rosters/roster-sheets.ts';
import { type JudgedRoster, judgeRows, judgeSheets, portionsOf } from './judged-roster.ts';
import type { FromThread, ToThread } from './thread-messages.ts';

let rows: DraftRow[] = [];
let bad: JudgedRow[] = [];
let roster: { readonly judged: JudgedRoster; readonly portions: Iterator<RowPortion> } | undefined;

const tell = (message: FromThread) => parentPort?.postMessage(message);

function begin(judged: JudgedRoster): void {
  roster = { judged, portions: portionsOf(judged.rows) };
  next();
}

function next(): void {
  const portion = roster?.portions.next();
  if (portion && !portion.done)
    tell({ kind: 'portion', portion: portion.value, total: roster?.judged.rows.length ?? 0 });
  else tell({ kind: 'done', sheets: roster?.judged.sheets ?? [] });
}

parentPort?.on('message', async (message: ToThread) => {
  if (message.kind === 'reset') {
    rows = [];
    bad = [];
    roster = undefined;
    return;
  }
  if (message.kind === 'next') return next();
  if (message.kind === 'rows') {
    for (const judged of JSON.parse(message.text) as JudgedRow[]) {
      const { verdict, ...row } = judged;
      rows.push(row);
      if (verdict.kind === 'bad') bad.push(judged);
    }
    return;
  }
  if (message.kind === 'judge') return begin(judgeRows(message.sheets, rows, message.plans));
  if (message.kind === 'write') {
    const { writeBadRows } = await import('./bad-rows-workbook.ts');
    return tell({ kind: 'written', bytes: writeBadRows(message.sheets, bad) });
  }
  // Rows that were read before need none of it, and it takes a while to load.
  const { readSheets } = await import('./read-sheets.ts');
  const sheets = readSheets(message.bytes);
  if (!sheets.ok) return tell({ kind: 'failed', code: sheets.code });
  begin(judgeSheets(sheets.value, message.headings));
});
