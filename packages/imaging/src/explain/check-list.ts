import type { CheckLevel, CheckResult, Language, StandardizationReport } from '@gradshot/domain';
import { COLOURS, dots, filled, type Shape, text } from './svg.ts';
import { describeCheck, word } from './words.ts';

const LEVEL_COLOURS: Readonly<Record<CheckLevel, string>> = {
  pass: COLOURS.good,
  warn: COLOURS.doubtful,
  fail: COLOURS.bad,
};

const LINE = 32;
const LEFT = 24;

/** All checks with value and limit, those that are not passed with their sentence. */
export function drawCheckList(
  { accepted, reason, checks, engineVersion }: StandardizationReport,
  width: number,
  height: number,
  language: Language,
): Shape[] {
  const colour = accepted ? COLOURS.good : COLOURS.bad;
  const title = word(accepted ? 'accepted' : 'refused', language);
  const shapes = [
    filled({ x: 0, y: 0, width, height }, COLOURS.panel),
    text({ x: LEFT, y: 44 }, title, { size: 30, colour }),
  ];
  let y = 44 + LINE;
  for (const row of wrap(reason?.[language] ?? '', width)) {
    shapes.push(text({ x: LEFT, y }, row));
    y += LINE;
  }
  const rows = checks.map((check) => drawCheck(check, width, language));
  // passed checks step back when there is no room for all
  const room = height - y - LINE;
  for (const { lines, level } of rows) {
    if (level === 'pass' && y + lines.length * LINE > y + room) continue;
    for (const make of lines) {
      if (y > height - LINE) break;
      shapes.push(make(y));
      y += LINE * 0.9;
    }
  }
  shapes.push(text({ x: LEFT, y: height - 14 }, engineVersion, { size: 14, colour: '#8a94a3' }));
  return shapes;
}

type Row = { readonly level: CheckLevel; readonly lines: ((y: number) => Shape)[] };

function drawCheck(check: CheckResult, width: number, language: Language): Row {
  const colour = LEVEL_COLOURS[check.level];
  const head = (y: number) =>
    dots([{ x: LEFT + 6, y: y - 6 }], 6, colour) +
    text({ x: LEFT + 22, y }, describeCheck(check, language), { size: 18 });
  const sentence = check.level === 'pass' ? [] : wrap(check[language], width - 22);
  return {
    level: check.level,
    lines: [
      head,
      ...sentence.map((row) => (y: number) => text({ x: LEFT + 22, y }, row, { size: 16, colour })),
    ],
  };
}

/** Breaks a sentence into rows; a Chinese character is about as wide as two Latin ones. */
export function wrap(sentence: string, width: number): string[] {
  const limit = Math.floor((width - 2 * LEFT) / 9);
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const part of sentence.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/gu) ?? []) {
    const size = [...part].reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0);
    if (used + size > limit && row) {
      rows.push(row);
      row = '';
      used = 0;
    }
    row += part;
    used += size;
  }
  return row ? [...rows, row] : rows;
}
