import { ROSTER_COLUMNS } from '@gradshot/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judgeRows, judgeSheets, portionsOf } from '../src/adapters/roster-files/judged-roster.ts';
import type { JudgedRow, Sheet, SheetPlan } from '../src/ports/rosters/roster-sheets.ts';
import { HEADER, IDS, person } from './support/roster-people.ts';

/** Whatever stands in a school's file: people, parts of people, headers, sums, rubbish, nothing. */
const text = fc.oneof(
  fc.constantFrom(
    '',
    '合计',
    '学号',
    '姓名',
    '证件号',
    '共 3 人',
    '2027年6月',
    '#N/A',
    ...IDS.slice(0, 3),
  ),
  fc.string({ maxLength: 12 }),
);
const cells = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((i) => person(i).map(String)),
  fc.constant(HEADER.map(String)),
  fc.array(text, { maxLength: 9 }),
);
const mark = fc.constantFrom('number', 'date', 'error', 'noResult', 'cut' as const);
const row = fc.record({
  cells,
  marks: fc.dictionary(fc.constantFrom('0', '1', '2'), mark, { maxKeys: 2 }),
  gap: fc.integer({ min: 0, max: 2 }),
});
const sheet = fc.array(row, { maxLength: 14 }).map((rows): Sheet => {
  let last = 0;
  const numbered = rows
    .filter((one) => one.cells.some((cell) => cell !== ''))
    .map(({ gap, ...one }) => {
      last += gap + 1;
      return { ...one, row: last } as Sheet['rows'][number];
    });
  return { name: 'S', hidden: false, rows: numbered, from1904: false, wider: false };
});
const file = fc.array(sheet, { minLength: 1, maxLength: 3 });
const plan = fc.record({
  used: fc.boolean(),
  headerFrom: fc.integer({ min: 0, max: 8 }),
  headerRows: fc.integer({ min: 0, max: 2 }),
  columns: fc.uniqueArray(fc.constantFrom(...ROSTER_COLUMNS), { maxLength: 9 }),
});

function everyRowOnce(sheets: readonly Sheet[], roster: ReturnType<typeof judgeSheets>): void {
  const places = sheets.flatMap(({ rows }, index) => rows.map((one) => `${index}:${one.row}`));
  expect(roster.rows.map((one) => `${one.sheet}:${one.row}`)).toEqual(places);
  for (const [index, told] of roster.sheets.entries()) {
    expect(told.good + told.bad + told.aside + told.empty).toBe(told.rows);
    expect(told.rows).toBe(sheets[index]?.rows.at(-1)?.row ?? 0);
  }
  for (const { verdict } of roster.rows) {
    if (verdict.kind === 'bad') expect(verdict.faults.length).toBeGreaterThan(0);
    if (verdict.kind === 'aside') expect(verdict.reason).toBeTruthy();
  }
  const good = roster.rows.flatMap(({ verdict }) =>
    verdict.kind === 'good' ? [verdict.fields] : [],
  );
  // Whoever can be taken is whole, and nobody is there twice.
  for (const { XH, XM, SFZH } of good) expect(XH && XM && SFZH).toBeTruthy();
  for (const key of ['XH', 'SFZH'] as const)
    expect(new Set(good.map((fields) => fields[key]?.toUpperCase())).size).toBe(good.length);
}

test('every row of every sheet is taken, bad with its fault, or aside with its reason', () => {
  fc.assert(
    fc.property(file, (sheets) => everyRowOnce(sheets, judgeSheets(sheets, {}))),
    { numRuns: 300 },
  );
});

test('so it is under any plan, and judged again it stays as it was', () => {
  fc.assert(
    fc.property(file, fc.array(plan, { minLength: 3, maxLength: 3 }), (sheets, plans) => {
      const first = judgeSheets(sheets, {});
      const planned = judgeRows(first.sheets, first.rows, plans as SheetPlan[]);
      everyRowOnce(sheets, planned);
      const read = [...portionsOf(planned.rows)].flatMap(
        ({ text: json }) => JSON.parse(json) as JudgedRow[],
      );
      const back = judgeRows(
        planned.sheets,
        read,
        first.sheets.map((one) => one.plan),
      );
      expect(back.sheets).toEqual(first.sheets);
    }),
    { numRuns: 200 },
  );
});
