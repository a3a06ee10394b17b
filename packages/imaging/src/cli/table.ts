import type { PhotoRecord } from './outputs.ts';

/** Tells spreadsheets that the file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

type Column = { readonly title: string; readonly of: (record: PhotoRecord) => unknown };

const COLUMNS: readonly Column[] = [
  { title: 'file', of: ({ file }) => file },
  { title: 'accepted', of: ({ accepted }) => accepted },
  { title: 'code', of: ({ reason }) => reason?.code },
  { title: 'reason', of: ({ reason }) => reason?.zh },
  { title: 'photo', of: ({ output }) => output?.path },
  { title: 'bytes', of: ({ output }) => output?.bytes },
  { title: 'quality', of: ({ output }) => output?.quality },
  { title: 'hair top px', of: ({ geometry }) => geometry?.hairTopY },
  { title: 'eye line px', of: ({ geometry }) => geometry?.eyeLineY },
  { title: 'face width px', of: ({ geometry }) => geometry?.faceWidth },
  { title: 'roll deg', of: ({ geometry }) => geometry?.rollDeg },
  { title: 'yaw deg', of: ({ geometry }) => geometry?.yawDeg },
  { title: 'pitch deg', of: ({ geometry }) => geometry?.pitchDeg },
  { title: 'failed', of: (record) => codesOf(record, 'fail') },
  { title: 'warned', of: (record) => codesOf(record, 'warn') },
  { title: 'identity', of: ({ identity }) => identity?.band ?? identity?.code },
  { title: 'identity score', of: ({ identity }) => identity?.score },
  { title: 'ms', of: ({ timingsMs }) => timingsMs.total },
  { title: 'version', of: ({ engineVersion }) => engineVersion },
];

function codesOf({ checks }: PhotoRecord, level: 'fail' | 'warn'): string {
  return checks
    .filter((check) => check.level === level)
    .map(({ code }) => code)
    .join(' ');
}

/** A table that grows by a row per record, RFC 4180; only the rows are kept of ten thousand. */
export class Table {
  readonly #rows = [toRow(COLUMNS.map(({ title }) => title))];

  add(record: PhotoRecord): void {
    this.#rows.push(toRow(COLUMNS.map(({ of }) => of(record))));
  }

  toCsv(): string {
    return `${BYTE_ORDER_MARK}${this.#rows.join('')}`;
  }
}

function toRow(values: readonly unknown[]): string {
  return `${values.map(toCell).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is marked as text. */
function toCell(value: unknown): string {
  const plain = value === undefined || value === null ? '' : String(value);
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
