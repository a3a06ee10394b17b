import type { ErrorCode } from '@gradshot/domain';
import type { Sheet } from '../../ports/rosters/roster-sheets.ts';
import { newBudget, TooMuch } from './sheet-limits.ts';
import { decodeText, readTextSheet } from './text-sheet.ts';
import { readWorkbook } from './workbook-sheets.ts';
import { unpacksWithinLimits } from './zip-limits.ts';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** Compound file: .xls, and every workbook with a password. */
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex');

export type SheetsOrFailure =
  | { readonly ok: true; readonly value: readonly Sheet[] }
  | { readonly ok: false; readonly code: ErrorCode };

/** Every sheet of a file, by its content; what the file is called does not count. */
export function readSheets(file: Uint8Array): SheetsOrFailure {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  try {
    return { ok: true, value: sheetsOf(bytes) };
  } catch (error) {
    return { ok: false, code: codeOf(error) };
  }
}

function sheetsOf(bytes: Buffer): readonly Sheet[] {
  const budget = newBudget();
  if (startsWith(bytes, ZIP)) {
    const verdict = unpacksWithinLimits(bytes);
    if (verdict === 'tooLarge') throw new TooMuch();
    if (verdict === 'damaged') throw new Error('damaged archive');
    return readWorkbook(bytes, budget);
  }
  if (startsWith(bytes, COMPOUND)) return readWorkbook(bytes, budget);
  const text = decodeText(bytes);
  return isMarkup(text) ? readWorkbook(text, budget) : [readTextSheet(text, budget)];
}

const startsWith = (bytes: Buffer, signature: Buffer) =>
  bytes.subarray(0, signature.length).equals(signature);

/** Many systems of schools call a web page, or the XML of Excel 2003, an `.xls`. */
const isMarkup = (text: string) =>
  /^\s*<(\?xml|!doctype|!--|html|head|meta|table|workbook|style)/i.test(text.slice(0, 200));

/** Whatever a damaged file makes the reader throw, it is the file's fault. */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof TooMuch) return 'roster.tooMuch';
  const { message = '' } = error as Error;
  return /password|encrypt/i.test(message) ? 'roster.protected' : 'roster.unreadable';
}
