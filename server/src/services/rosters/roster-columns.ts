import { fail, ok, type Result } from '@gradshot/domain';
import type { RosterCell, RosterRow } from '../../ports/rosters/roster-reader.ts';

/** 学籍 fields by their official short names, and the headings that schools write instead. */
export const ROSTER_COLUMNS = {
  XH: ['学号'],
  XM: ['姓名'],
  SFZH: ['证件号', '身份证号', '身份证号码', '证件号码', 'ZJHM'],
  KSH: ['考生号'],
  XB: ['性别'],
  CSRQ: ['出生日期', '出生年月日'],
  ZYDM: ['专业代码'],
  ZYMC: ['专业', '专业名称'],
  XY: ['学院', '院系', '系所', '所在学院', '院系名称'],
  BJ: ['班级', '班级名称', '行政班', '行政班级', '所在班级'],
  CC: ['层次', '学历层次', '培养层次'],
  XZ: ['学制'],
  XXXS: ['学习形式'],
  RXRQ: ['入学日期'],
  YJBYRQ: ['预计毕业日期', '毕业日期'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type RosterColumn = keyof typeof ROSTER_COLUMNS;

const REQUIRED: readonly RosterColumn[] = ['XH', 'XM', 'SFZH'];

/** Column name → place in the row. Failure: `roster.columnsMissing`. */
export function findColumns(
  header: RosterRow | undefined,
): Result<ReadonlyMap<RosterColumn, number>> {
  const places = new Map<RosterColumn, number>();
  for (const [place, cell] of (header?.cells ?? []).entries()) {
    const column = columnOf(cell);
    if (column && !places.has(column)) places.set(column, place);
  }
  const missing = REQUIRED.filter((column) => !places.has(column));
  return missing.length === 0
    ? ok(places)
    : fail('roster.columnsMissing', { columns: missing.map(nameOf).join('、') });
}

const nameOf = (column: RosterColumn) => `${column} ${ROSTER_COLUMNS[column][0]}`;

/** `XM`, `姓名`, `XM 姓名`, `姓名（XM）` and `* 姓名` all name the same column. */
function columnOf({ text }: RosterCell): RosterColumn | undefined {
  const words = text
    .toUpperCase()
    .split(/[\s()（）*:：/]+/)
    .filter(Boolean);
  return (Object.keys(ROSTER_COLUMNS) as RosterColumn[]).find((column) =>
    words.some(
      (word) => word === column || (ROSTER_COLUMNS[column] as readonly string[]).includes(word),
    ),
  );
}
