import type { DiagnosticLine } from '../../../shared/index.ts';

const SIGN = { pass: '+', warn: '?', fail: '!' } as const;

/** Short enough for one QR code: a line per check with its number, sign and code. */
export function compactReport(station: string, lines: readonly DiagnosticLine[]): string {
  const body = lines.map(({ number, level, code }) => `${number}${SIGN[level]}${code}`);
  return [`GRADSHOT ${station}`, ...body].join('\n');
}
