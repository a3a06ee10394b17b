/** A table for a spreadsheet: with the mark Excel takes it for UTF-8. */
export function csvFile(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(`\ufeff${rows.map(csvRow).join('\r\n')}\r\n`);
}

/** Quoted where needed; what a spreadsheet would take for a formula becomes text. */
function csvRow(cells: readonly string[]): string {
  return cells
    .map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell))
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}
