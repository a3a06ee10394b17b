/** Excel takes a file without it for one in the system's old code page. */
const BYTE_ORDER_MARK = '\uFEFF';

export type CsvRow = readonly (string | number)[];

/** A table for a spreadsheet. */
export function csvText(rows: readonly CsvRow[]): string {
  const text = rows.map((row) => row.map(cell).join()).join('\r\n');
  return `${BYTE_ORDER_MARK}${text}\r\n`;
}

/** A name that begins like a formula must not be one. */
function cell(value: string | number): string {
  const text = String(value);
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
