import type { RosterColumn } from '@gradshot/domain';
import type {
  AsideReason,
  CellMark,
  DraftRow,
  JudgedRow,
  PersonFields,
  RowFault,
  RowPlace,
  SheetPlan,
  Verdict,
} from '../../ports/rosters/roster-sheets.ts';
import { contradictionOf, fieldFault, KEYS, normalised } from './person-fields.ts';
import { columnOf, missingOf } from './roster-columns.ts';
import { headingsOf } from './sheet-layout.ts';

/** A sheet as far as its rows are judged by it. */
export type JudgedSheet = {
  readonly name: string;
  readonly from1904: boolean;
  readonly plan: SheetPlan;
};

/**
 * What becomes of every row: a person who can be taken, a person with faults, or no person, with the
 * reason. None is left out. Rows in the order of the file.
 */
export function judge(
  sheets: readonly JudgedSheet[],
  rows: readonly DraftRow[],
): readonly Verdict[] {
  const readers = sheets.map((sheet, index) =>
    rowReader(
      sheet,
      rows.filter((row) => row.sheet === index),
    ),
  );
  const verdicts = rows.map((row): Verdict => {
    const reader = readers[row.sheet];
    return reader ? reader(row) : { kind: 'aside', reason: 'noHeader' };
  });
  return compareAmong(sheets, rows, verdicts);
}

type RowReader = (row: DraftRow) => Verdict;

const aside = (reason: AsideReason): Verdict => ({ kind: 'aside', reason });

function rowReader(sheet: JudgedSheet, rows: readonly DraftRow[]): RowReader {
  const { plan } = sheet;
  if (!plan.used) return () => aside('sheetLeftOut');
  if (missingOf(plan.columns).length > 0) return () => aside('noHeader');
  const zeros = leadingZeros(sheet, rows);
  const doubled = doubledColumns(plan, rows);
  const firstRow = plan.headerFrom + plan.headerRows;
  return (row) => {
    if (row.leftOut) return aside('leftOut');
    if (plan.headerRows > 0 && row.row < plan.headerFrom) return aside('aboveHeader');
    if (row.row < firstRow || isHeader(row, plan)) return aside('header');
    const fields = fieldsOf(row, sheet);
    if (!fields.SFZH && isTail(row)) return aside('tail');
    if (!fields.XH && !fields.XM && !fields.SFZH) return aside('nobody');
    const faults = faultsOf(row, fields, plan);
    if (fields.XH && zeros(fields.XH, row)) faults.push(LOST_ZEROS);
    if (doubled.some((place) => row.cells[place])) faults.push(SIDE_BY_SIDE);
    return faults.length > 0 ? { kind: 'bad', fields, faults } : { kind: 'good', fields };
  };
}

/** The header again, as on every printed page. */
function isHeader({ cells }: DraftRow, { columns }: SheetPlan): boolean {
  let same = 0;
  for (const [place, column] of columns.entries())
    if (column && columnOf(cells[place] ?? '') === column) same += 1;
  return same > 1;
}

const TAIL =
  /^[(【]?(合计|总计|小计|共计|总人数|人数|填表|制表|审核|审批|负责人|经办人|联系人|联系电话|备注|说明|注\s*[:：]|注意|日期|填报|单位|学校(盖|公)?章|盖章|以下空白|本页|第\s*\d+\s*页|共\s*\d+|\d{4}\s*年)/;

/** Sums, signatures and notes at the end of a list. */
function isTail({ cells }: DraftRow): boolean {
  const texts = cells.filter(Boolean);
  return texts.slice(0, 3).some((text) => TAIL.test(text)) || /共\s*\d+\s*人/.test(texts.join(' '));
}

export function fieldsOf(row: DraftRow, { plan, from1904 }: JudgedSheet): PersonFields {
  const fields: Partial<Record<RosterColumn, string>> = {};
  for (const [place, column] of plan.columns.entries()) {
    if (!column) continue;
    const edited = row.edits?.[column];
    const text =
      edited === undefined
        ? normalised(column, row.cells[place] ?? '', { mark: row.marks?.[place], from1904 })
        : normalised(column, edited);
    if (text) fields[column] = text;
  }
  return fields;
}

function faultsOf(row: DraftRow, fields: PersonFields, { columns }: SheetPlan): RowFault[] {
  const faults: RowFault[] = [];
  for (const [place, column] of columns.entries()) {
    if (!column) continue;
    const edited = row.edits?.[column] !== undefined;
    const mark: CellMark | undefined = edited ? undefined : row.marks?.[place];
    const fault = fieldFault(column, fields[column] ?? '', { raw: row.cells[place] ?? '', mark });
    if (fault) faults.push({ column, zh: fault.zh, en: fault.en });
  }
  const contradiction = faults.some(({ column }) => column === 'SFZH')
    ? undefined
    : contradictionOf(fields);
  return contradiction && !faults.some(({ column }) => column === contradiction.column)
    ? [...faults, contradiction]
    : faults;
}

const LOST_ZEROS: RowFault = {
  column: 'XH',
  zh: '学号比本表其他学号短，可能丢失了开头的 0，请核对后填写完整',
  en: 'Shorter than the others of this sheet: zeros at its beginning may be lost. Fill it in whole',
};
const SIDE_BY_SIDE: RowFault = {
  column: 'XH',
  zh: '同一行右侧还有一人，请把左右两栏排成上下一栏后重新上传',
  en: 'The row holds a second person at its right. Put the two columns of people one below the other',
};

/** A number in digits that is shorter than those of the sheet which begin with zeros. */
function leadingZeros(
  sheet: JudgedSheet,
  rows: readonly DraftRow[],
): (number: string, row: DraftRow) => boolean {
  const place = sheet.plan.columns.indexOf('XH');
  const lengths = new Set<number>();
  for (const row of rows) {
    const text = normalised('XH', row.edits?.XH ?? row.cells[place] ?? '');
    if (/^0\d+$/.test(text)) lengths.add(text.length);
  }
  const longest = Math.max(0, ...lengths);
  return (number, row) =>
    row.edits?.XH === undefined && /^[1-9]\d*$/.test(number) && number.length < longest;
}

/** Columns that hold the names or numbers of a second person in each row. */
function doubledColumns({ headerFrom, headerRows, columns }: SheetPlan, rows: readonly DraftRow[]) {
  const header = rows.filter(({ row }) => row >= headerFrom && row < headerFrom + headerRows);
  const names = headingsOf(header).map((heading) => columnOf(heading ?? ''));
  return names.flatMap((column, place) =>
    (column === 'SFZH' || column === 'XH') &&
    columns.indexOf(column) !== place &&
    columns.includes(column) &&
    !columns[place] &&
    names.filter((name) => name === 'XM').length > 1
      ? [place]
      : [],
  );
}

type Standing = { readonly index: number; readonly fields: PersonFields };

/** The same person twice is one; who contradicts another row is at fault, and so is that row. */
function compareAmong(
  sheets: readonly JudgedSheet[],
  rows: readonly DraftRow[],
  verdicts: readonly Verdict[],
): readonly Verdict[] {
  const placeOf = (index: number): RowPlace => {
    const { sheet, row } = rows[index] ?? { sheet: 0, row: 0 };
    return { sheet: sheets[sheet]?.name ?? '', row };
  };
  const told = sheets.length > 1;
  const result = [...verdicts];
  const blame = (index: number, column: RosterColumn, { other, what }: Blame) => {
    const verdict = result[index];
    if (!verdict || verdict.kind === 'aside') return;
    const faults = verdict.kind === 'bad' ? verdict.faults : [];
    const fault = { column, ...what(nameOf(placeOf(other), told)) };
    if (faults.some((one) => one.column === column && one.zh === fault.zh)) return;
    result[index] = { kind: 'bad', fields: verdict.fields, faults: [...faults, fault] };
  };
  const contradict = (one: number, other: number, column: RosterColumn, what: Blame['what']) => {
    blame(one, column, { other, what });
    blame(other, column, { other: one, what });
  };
  const owners: Record<keyof typeof KEYS, Map<string, Standing>> = {
    SFZH: new Map(),
    XH: new Map(),
    KSH: new Map(),
  };
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.kind === 'aside') continue;
    const { fields } = verdict;
    const first = fields.SFZH ? owners.SFZH.get(KEYS.SFZH(fields.SFZH)) : undefined;
    if (first) {
      const differing = differs(first.fields, fields);
      if (
        differing.length === 0 &&
        verdict.kind === 'good' &&
        result[first.index]?.kind === 'good'
      ) {
        const merged = { ...fields, ...first.fields };
        result[first.index] = { kind: 'good', fields: merged };
        owners.SFZH.set(KEYS.SFZH(fields.SFZH ?? ''), { index: first.index, fields: merged });
        for (const column of ['XH', 'KSH'] as const)
          claim(owners[column], column, { index: first.index, fields: merged });
        result[index] = { kind: 'aside', reason: 'repeated', same: placeOf(first.index) };
        continue;
      }
      for (const column of differing.length > 0 ? differing : (['SFZH'] as const))
        contradict(first.index, index, column, differing.length > 0 ? DIFFERENT : SAME);
      if (differing.length > 0) contradict(first.index, index, 'SFZH', SAME);
      continue;
    }
    for (const column of ['SFZH', 'XH', 'KSH'] as const) {
      const owner = claim(owners[column], column, { index, fields });
      if (owner) contradict(owner.index, index, column, SAME);
    }
  }
  return result;
}

type Blame = {
  readonly other: number;
  readonly what: (place: { readonly zh: string; readonly en: string }) => Omit<RowFault, 'column'>;
};

const SAME: Blame['what'] = ({ zh, en }) => ({ zh: `与${zh}重复`, en: `The same as in ${en}` });
const DIFFERENT: Blame['what'] = ({ zh, en }) => ({
  zh: `与${zh}不一致，请核对后改正或去掉一行`,
  en: `Differs from ${en}. Correct one of them or leave it out`,
});

const nameOf = ({ sheet, row }: RowPlace, told: boolean) => ({
  zh: told ? `「${sheet}」第 ${row} 行` : `第 ${row} 行`,
  en: told ? `row ${row} of “${sheet}”` : `row ${row}`,
});

/** Whoever had the number before; else it is this one's. */
function claim(
  owners: Map<string, Standing>,
  column: keyof typeof KEYS,
  standing: Standing,
): Standing | undefined {
  const key = KEYS[column](standing.fields[column] ?? '');
  if (!key) return undefined;
  const before = owners.get(key);
  if (!before) owners.set(key, standing);
  return before && before.index !== standing.index ? before : undefined;
}

/** Where both say something and not the same. */
function differs(one: PersonFields, other: PersonFields): RosterColumn[] {
  return (Object.keys(one) as RosterColumn[]).filter((column) => {
    const [a, b] = [one[column], other[column]];
    if (!a || !b) return false;
    return column === 'SFZH' || column === 'XH' ? KEYS[column](a) !== KEYS[column](b) : a !== b;
  });
}

export type Counts = { readonly good: number; readonly bad: number; readonly aside: number };

export function countsOf(rows: readonly Pick<JudgedRow, 'verdict'>[]): Counts {
  const counts = { good: 0, bad: 0, aside: 0 };
  for (const { verdict } of rows) counts[verdict.kind] += 1;
  return counts;
}
