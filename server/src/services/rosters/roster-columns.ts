import {
  NEEDED_ROSTER_COLUMNS,
  ROSTER_COLUMN_TEXT,
  ROSTER_COLUMNS,
  type RosterColumn,
} from '@gradshot/domain';
import type { KnownHeadings } from '../../ports/rosters/roster-sheets.ts';

/** What schools write above a column, apart from its official name and short name. */
const HEADINGS: Readonly<Record<RosterColumn, readonly string[]>> = {
  XH: ['学生学号', '学籍号', '学号号码', '学生编号', '学生号'],
  XM: ['学生姓名', '名字', '考生姓名', '毕业生姓名'],
  SFZH: [
    '身份证号',
    '身份证号码',
    '身份证',
    '身份证件号',
    '身份证件号码',
    '证件号码',
    '有效证件号码',
    '有效证件号',
    '居民身份证号',
    '居民身份证号码',
    '公民身份号码',
    'ZJHM',
    'SFZJH',
  ],
  KSH: ['高考考生号', '考生号码', '考号'],
  XB: ['学生性别', 'XBDM'],
  CSRQ: ['出生年月日', '出生年月', '生日'],
  XY: [
    '院系',
    '系所',
    '所在学院',
    '院系名称',
    '学院名称',
    '二级学院',
    '院(系)',
    '分院',
    '系部',
    '所在院系',
    '系别',
    '教学单位',
  ],
  ZYMC: ['专业', '所学专业', '毕业专业', '录取专业', '就读专业'],
  ZYDM: ['专业代号', '专业编码'],
  BJ: ['班级名称', '行政班', '行政班级', '所在班级', '班', '班号', '教学班', '所在班'],
  CC: ['学历层次', '培养层次', '学历', '办学层次'],
  XZ: ['学习年限', '修业年限'],
  XXXS: ['学习方式', '学历类别'],
  RXRQ: ['入学时间', '入学年月', '入校日期'],
  YJBYRQ: ['毕业日期', '毕业时间', '预计毕业时间', '预计毕业年月', '毕业年月', '预毕业日期'],
};

const BY_HEADING: ReadonlyMap<string, RosterColumn> = new Map(
  ROSTER_COLUMNS.flatMap((column) =>
    [column, ROSTER_COLUMN_TEXT[column].zh, ...HEADINGS[column]].map(
      (heading) => [heading, column] as const,
    ),
  ),
);

/** Speaks of somebody else, or of another way to write it. */
const OTHERS =
  /拼音|英文|曾用|父|母|监护|导师|辅导员|班主任|联系人|家长|类型|类别|种类|PINYIN|ENGLISH/;

/** As two people write the same heading: without spaces, line breaks, stars and case. */
export function headingKey(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s*※★#_]/g, '');
}

/** `XM`, `姓  名`, `XM 姓名`, `姓名（XM）` and `* 姓名（必填）` all name the same column. */
export function columnOf(text: string, known: KnownHeadings = {}): RosterColumn | null {
  const whole = headingKey(text);
  if (!whole) return null;
  const own = known[whole];
  if (own !== undefined) return own;
  const exact = BY_HEADING.get(whole);
  if (exact) return exact;
  if (OTHERS.test(whole)) return null;
  const parts = text.normalize('NFKC').toUpperCase();
  const words = [...whole.split(/[()[\]【】:/、,;|·.-]+/), ...parts.split(/[\s()[\]【】*:/]+/)];
  for (const word of words) {
    const column = BY_HEADING.get(word);
    if (column) return column;
  }
  return null;
}

export const missingOf = (columns: readonly (RosterColumn | null)[]): RosterColumn[] =>
  NEEDED_ROSTER_COLUMNS.filter((column) => !columns.includes(column));

/** `XM 姓名`, as it is told to somebody who has to mend a file. */
export const columnName = (column: RosterColumn): string =>
  `${column} ${ROSTER_COLUMN_TEXT[column].zh}`;
